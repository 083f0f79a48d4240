/*
 * ID3v2 tags before MP3 sound: sizes that Android's parser added up with overflow. Tag sizes are "syncsafe": four times
 * seven bits. Frames of size 0 are not judged: real odd files have them.
 */

rule EXPL_MMS_ID3v23_ExtHeader_Overflow : id3 audio stagefright
{
    meta:
        id = "ff23264d-7c69-4f50-8442-ce830be5c0ec"
        description = "Detects an ID3v2.3 tag whose extended header is said to be longer than the tag, which wrapped or ran past the buffer"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "https://android.googlesource.com/platform/frameworks/av (commit f51115bd8), CVE-2015-6602"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "A real extended header has 6 or 10 bytes"
        default_action = "block"
    condition:
        is_id3
        and uint8(3) == 3
        and uint8(5) & 0x40 != 0
        and uint32be(6) & 0x80808080 == 0
        and uint32be(10) + 4 > (uint8(6) << 21) + (uint8(7) << 14) + (uint8(8) << 7) + uint8(9)
}

rule SUSP_MMS_ID3_Size_Not_Syncsafe : id3 audio
{
    meta:
        id = "12ab7a6d-b7e5-443e-9c42-9217ee814f5a"
        description = "Detects an ID3v2 tag whose size has a high bit set, which the format forbids and parsers read differently"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 60
        severity = "medium"
        reference = "https://id3.org/id3v2.3.0"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "Text that begins with ID3: a known version must follow"
        default_action = "quarantine"
    condition:
        is_id3
        and uint8(3) >= 2
        and uint8(3) <= 4
        and uint32be(6) & 0x80808080 != 0
}
