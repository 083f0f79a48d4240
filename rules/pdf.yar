/*
 * PDF: as a disguise (FORCEDENTRY), with JBIG2 (the same), and with active content. Names in PDF may spell any character
 * as #xx, so each letter has both forms. Compressed object streams hide names from a rule.
 */

rule EXPL_MMS_PDF_Disguised_As_Image : pdf apple
{
    meta:
        id = "36013b9d-3415-4724-8304-52a1f3285265"
        description = "Detects a PDF document that is labelled or named as a picture, the way in which FORCEDENTRY reached the decoder"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "CVE-2021-30860"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "A PDF that is labelled and named as such"
        cve = "CVE-2021-30860"
        default_action = "block"
    condition:
        is_pdf
        and (
            declared_type istartswith "image/"
            or filename iendswith ".gif"
            or filename iendswith ".jpg"
            or filename iendswith ".jpeg"
            or filename iendswith ".png"
            or filename iendswith ".bmp"
            or filename iendswith ".webp"
            or filename iendswith ".heic"
            or filename iendswith ".tif"
            or filename iendswith ".tiff"
        )
}

rule SUSP_MMS_PDF_JBIG2 : pdf
{
    meta:
        id = "493a5782-41e4-4cf5-89c6-d6b1b1ede6c8"
        description = "Detects a PDF document with a JBIG2 stream, the codec that FORCEDENTRY turned into a machine"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 60
        severity = "medium"
        reference = "CVE-2021-30860"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "Office scanners make such documents; rare in a message all the same"
        default_action = "quarantine"
    strings:
        $jbig2 = /\/(J|#4[Aa])(B|#42)(I|#49)(G|#47)(2|#32)(D|#44)(e|#65)(c|#63)(o|#6[Ff])(d|#64)(e|#65)/
    condition:
        is_pdf
        and $jbig2
}

rule SUSP_MMS_PDF_Active_Content : pdf
{
    meta:
        id = "2f5c6606-8f66-4b5a-a66a-ef1c92f7b9ce"
        description = "Detects a PDF document that runs a script, starts a program, shows a form or rich media, or opens an embedded file by itself"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "ISO 32000-1 section 12.6"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "Names that only begin alike: /JSON, /AAPL, /Launched; fillable forms of authorities do use scripts"
        default_action = "quarantine"
    strings:
        $javascript = /\/(J|#4[Aa])(a|#61)(v|#76)(a|#61)(S|#53)(c|#63)(r|#72)(i|#69)(p|#70)(t|#74)[\s\/<>\[\](]/
        $js = /\/JS\s{0,4}(\([\t\r\n -~]{4}|<[0-9A-Fa-f]{2}|[0-9]{1,7} [0-9]{1,3} R)/
        $launch = /\/(L|#4[Cc])(a|#61)(u|#75)(n|#6[Ee])(c|#63)(h|#68)[\s\/<>\[\](]/
        $rich_media = /\/(R|#52)(i|#69)(c|#63)(h|#68)(M|#4[Dd])(e|#65)(d|#64)(i|#69)(a|#61)[\s\/<>\[\](]/
        $xfa = /\/XFA[\s\/<>\[\](]{1,4}[0-9(\[]/
        $open_action = /\/OpenAction[\s\/<>\[\](]/
        $additional_actions = /\/AA\s{0,4}(<<|[0-9]{1,7} [0-9]{1,3} R)/
        $embedded_file = /\/EmbeddedFile[\s\/<>\[\](]/
    condition:
        is_pdf
        and (
            $javascript
            or $js
            or $launch
            or $rich_media
            or $xfa
            or (($open_action or $additional_actions) and $embedded_file)
        )
}
