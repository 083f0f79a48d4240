/*
 * Pictures that are small in the message and huge in a handset's memory. The numbers are read where each format has them;
 * the structure detectors, which walk the file, are the authority. Products of two 32-bit numbers could wrap, so each
 * number is bounded first. The JPEG frame is looked for in the first 64 KiB only.
 */

// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
rule SUSP_MMS_Image_Pixel_Flood : image pixel_flood
{
    meta:
        id = "d4748f86-2714-4a95-8f71-777d4f5d0170"
        description = "Detects a picture that declares more than 100 megapixels, or more than 250 for JPEG and HEIF, which a camera phone can make"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "https://cwe.mitre.org/data/definitions/409.html"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Phones make pictures of 48, 108 and 200 megapixels, as JPEG or HEIF"
        default_action = "block"
    strings:
        $frame = { FF (C0|C1|C2|C3|C5|C6|C7|C9|CA|CB|CD|CE|CF) 00 (0B|0E|11|14) }
        $extents = { 69 73 70 65 00 00 00 00 }
    condition:
        (
            is_png
            and (
                uint32be(16) > 0x7FFFFFFF
                or uint32be(20) > 0x7FFFFFFF
                or uint32be(16) * uint32be(20) > 100000000
            )
        )
        or (is_gif and uint16(6) * uint16(8) > 100000000)
        or (
            is_bmp
            and uint32(14) > 12
            and (
                int32(18) * int32(22) > 100000000
                or int32(18) * int32(22) < -100000000
            )
        )
        or (
            is_webp
            and (
                (
                    uint32be(12) == 0x56503858
                    and ((uint32(24) & 0xFFFFFF) + 1) * ((uint32(26) >> 8) + 1) > 100000000
                )
                or (
                    uint32be(12) == 0x5650384C
                    and ((uint32(21) & 0x3FFF) + 1) * (((uint32(21) >> 14) & 0x3FFF) + 1) > 100000000
                )
                or (
                    uint32be(12) == 0x56503820
                    and (uint16(26) & 0x3FFF) * (uint16(28) & 0x3FFF) > 100000000
                )
            )
        )
        or (
            is_jpeg
            and for any i in (1..#frame) : (
                @frame[i] < 0x10000
                and uint16be(@frame[i] + 5) * uint16be(@frame[i] + 7) > 250000000
            )
        )
        or (
            is_heif
            and for any i in (1..#extents) : (
                uint32be(@extents[i] - 4) == 20
                and (
                    uint32be(@extents[i] + 8) > 0x7FFFFFFF
                    or uint32be(@extents[i] + 12) > 0x7FFFFFFF
                    or uint32be(@extents[i] + 8) * uint32be(@extents[i] + 12) > 250000000
                )
            )
        )
}
