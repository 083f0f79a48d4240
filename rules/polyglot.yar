/*
 * One file that two programs read as two formats: a picture for the handset that is an archive or a program for the next
 * one. Phones append media to media (motion photos, multi-picture files, Samsung trailers): none of that is a ZIP.
 */

rule SUSP_MMS_Media_ZIP_Polyglot : polyglot zip
{
    meta:
        id = "f680288c-ea2d-4205-936a-0797540e7213"
        description = "Detects a picture, sound or film that is a complete ZIP archive at its end, as in GIFAR and its kin"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 75
        severity = "medium"
        reference = "CVE-2008-5343"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Motion photos, multi-picture files and Samsung trailers append media; an end mark in scan data has no directory"
        default_action = "quarantine"
    condition:
        (is_jpeg or is_png or is_gif or is_webp or is_bmp or is_isobmff or is_audio)
        and ends_with_zip
}

rule SUSP_MMS_PDF_ZIP_Polyglot : polyglot pdf zip
{
    meta:
        id = "70633328-2c9b-483b-95a2-6aeebd500a34"
        description = "Detects a PDF document that is a complete ZIP archive at its end, so that a scanner and a handset may open different things"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 70
        severity = "medium"
        reference = "https://github.com/corkami/pocs"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "A PDF with an embedded office document, whose archive ends early; an archive that stores a PDF near its start"
        default_action = "quarantine"
    condition:
        is_pdf
        and ends_with_zip
        and not is_zip
}

rule SUSP_MMS_Image_With_Embedded_Executable : polyglot image program
{
    meta:
        id = "bdabe32e-1770-4e10-818c-5ad9b8ee24b8"
        description = "Detects a picture that carries the header of an ELF or DEX program or the stub text of a Windows program"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 75
        severity = "medium"
        reference = "https://attack.mitre.org/techniques/T1406/001/"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "The four letters of ELF in scan data: class, byte order, type and machine must agree"
        default_action = "quarantine"
    strings:
        $elf_le = { 7F 45 4C 46 (01|02) 01 01 [9] (02|03) 00 (03|08|28|3E|B7|F3) 00 }
        $elf_be = { 7F 45 4C 46 (01|02) 02 01 [9] 00 (02|03) 00 (08|14|15|28|B7) }
        $dex = /dex\n0[34][0-9]\x00/
        $dos_stub = "This program cannot be run in DOS mode"
        $win32_stub = "This program must be run under Win"
    condition:
        is_image
        and any of them
}
