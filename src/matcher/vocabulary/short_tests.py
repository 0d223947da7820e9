"""Names of tests as laboratories shorten them, written out: "Creat SerPl-mCnc" (LOINC's short names), "S-ALAT" (the specimen's letter before the name)."""

from __future__ import annotations

import re

from matcher.model.patterns import later

_SYSTEMS = {"serplbld": "blood", "serpl": "serum or plasma", "ser/plas": "serum or plasma", "ser": "serum", "plas": "plasma", "ppp": "platelet poor plasma", "blda": "arterial blood", "bldv": "blood", "bldc": "blood", "bld": "blood", "ur": "urine", "urns": "urine", "csf": "csf", "rbc": "red blood cell"}
_PROPERTIES = {"mcnc": "mass/volume", "scnc": "moles/volume", "ccnc": "enzymatic activity/volume", "acnc": "", "ncnc": "#/volume", "#": "#/volume", "mfr": "mass fraction", "mrto": "mass ratio", "arvrat": "volume rate/area", "vfr": "volume fraction", "time": "time", "titr": "titer", "": ""}
# LOINC's own short words for what is measured.
_COMPONENTS = {
    "creat": "creatinine", "bilirub": "bilirubin total", "bilirub direct": "bilirubin direct", "hgb": "hemoglobin", "prot": "protein", "gluc": "glucose", "glucose": "glucose", "trigl": "triglyceride", "cholest": "cholesterol", "ldlc": "cholesterol in LDL",
    "hdlc": "cholesterol in HDL", "neutrophils.segmented": "neutrophil", "cd3+cd4+ cells": "CD4 count", "gfr/bsa.pred": "eGFR", "t4 free": "free T4", "psa": "PSA", "bnp": "BNP", "nt-probnp": "NT-proBNP", "albumin/creat": "albumin to creatinine ratio", "microalbumin/creat": "albumin to creatinine ratio", "prot/creat": "protein to creatinine ratio",
}  # fmt: skip
_SHORT = later(
    r"^(?P<what>.+?)\s+(?:(?P<count>#|NFr|MFr|VFr)\s+)?(?P<system>SerPlBld|SerPl|Ser/Plas|Ser|Plas|PPP|Bld[AVC]?|UrnS|Ur|CSF|RBC)(?:\s+(?P<way>Auto|Manual|Calc|IA|CKD-EPI(?:\s?20\d\d)?|MDRD|HPLC|Detection limit[^-]*))?(?:-(?P<property>[A-Za-z]+))?$",
    re.IGNORECASE,
)
_LETTERED = later(r"^(?P<system>f?[SPB]|[avc]B|d?U)-\s?(?P<what>[^\W\d_][\w ().,/-]{1,})$")
_LETTERS = {"s": "serum", "p": "plasma", "b": "blood", "u": "urine"}


def written_out(wording: str) -> str:
    """The name as a long one, with its property and its specimen; "" for a name that is not shortened so."""
    short = _SHORT.match(wording.strip())
    if short is not None and (short["count"] or short["property"] or short["system"] != short["system"].lower()):
        what = _COMPONENTS.get(short["what"].casefold(), short["what"])
        said = (short["property"] or short["count"] or "").casefold()
        way = f" by {short['way']}" if short["way"] and short["way"].casefold().startswith(("ckd", "mdrd")) else ""
        name = _PROPERTIES.get(said)
        if name is None:
            return ""
        if what.endswith(("ratio", "count", "eGFR")):
            return f"{what}{way}"
        return f"{what}{f' [{name}]' if name else ''} in {_SYSTEMS[short['system'].casefold()]}{way}"
    lettered = _LETTERED.match(wording.strip())
    return f"{lettered['what']} in {_LETTERS[lettered['system'][-1].casefold()]}" if lettered is not None else ""
