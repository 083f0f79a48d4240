/*
 * What a part is, by its content: handsets pick the decoder by content, so rules do too.
 *
 * This file holds private rules only. It is compiled into the rule set of every target, and matches are never reported.
 * Read: a read past the end is undefined, and both a comparison with it and its negation are then not true.
 */

private rule is_jpeg
{
    condition:
        uint16be(0) == 0xFFD8
        and uint8(2) == 0xFF
}

private rule is_png
{
    condition:
        uint32be(0) == 0x89504E47
        and uint32be(4) == 0x0D0A1A0A
}

private rule is_gif
{
    condition:
        uint32be(0) == 0x47494638
        and (uint16be(4) == 0x3761 or uint16be(4) == 0x3961)
}

private rule is_webp
{
    condition:
        uint32be(0) == 0x52494646
        and uint32be(8) == 0x57454250
}

/* "BM" alone begins many a text: the header's size decides. */
private rule is_bmp
{
    condition:
        uint16be(0) == 0x424D
        and uint32(14) >= 12
        and uint32(14) <= 124
}

/* TIFF and BigTIFF in both byte orders. DNG is TIFF. */
private rule is_tiff
{
    condition:
        uint32be(0) == 0x49492A00
        or uint32be(0) == 0x4D4D002A
        or uint32be(0) == 0x49492B00
        or uint32be(0) == 0x4D4D002B
}

/*
 * MP4, 3GP, M4A, HEIF. Android walks the boxes in the first 128 bytes and takes 'ftyp' after another box (free, skip …),
 * so "ftyp at 4" alone is evaded by one leading box. QuickTime files begin with moov, mdat or wide.
 */
private rule is_isobmff
{
    strings:
        $ftyp = "ftyp"
    condition:
        uint32be(4) == 0x66747970
        or uint32be(4) == 0x6D6F6F76
        or uint32be(4) == 0x6D646174
        or uint32be(4) == 0x77696465
        or (
            (uint32be(0) == 1 or (uint32be(0) >= 8 and uint32be(0) <= 128))
            and $ftyp in (8..136)
        )
}

/* ISOBMFF with an image brand: heic heix hevc hevx heim heis mif1 msf1 avif avis. */
private rule is_heif
{
    condition:
        is_isobmff
        and for any brand in (
            0x68656963, 0x68656978, 0x68657663, 0x68657678, 0x6865696D, 0x68656973, 0x6D696631, 0x6D736631, 0x61766966,
            0x61766973
        ) : ( uint32be(8) == brand )
}

private rule is_image
{
    condition:
        is_jpeg or is_png or is_gif or is_webp or is_bmp or is_tiff or is_heif
}

private rule is_id3
{
    condition:
        uint16be(0) == 0x4944
        and uint8(2) == 0x33
        and uint8(3) < 0xFF
        and uint8(4) < 0xFF
}

/* ID3, RIFF (WAVE, QCP), Ogg, AMR, MIDI, and the frame sync of MP3 and ADTS. */
private rule is_audio
{
    condition:
        is_id3
        or uint32be(0) == 0x52494646
        or uint32be(0) == 0x4F676753
        or uint32be(0) == 0x2321414D
        or uint32be(0) == 0x4D546864
        or (uint8(0) == 0xFF and uint8(1) >= 0xE0)
}

/* Readers accept the mark anywhere in the first 1024 bytes. */
private rule is_pdf
{
    strings:
        $pdf = "%PDF-"
    condition:
        $pdf in (0..1023)
}

private rule is_zip
{
    condition:
        uint32be(0) == 0x504B0304
}

/*
 * The file ends with a ZIP directory: the end record has entries and a comment that reaches exactly to the end, and the
 * central directory stands where the record's size of it says. The last test removes chance matches in media data.
 */
// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
private rule ends_with_zip
{
    strings:
        $end = { 50 4B 05 06 }
    condition:
        for any i in (1..#end) : (
            with p = @end[i] : (
                uint16(p + 10) > 0
                and p + 22 + uint16(p + 20) == filesize
                and uint32be(p - uint32(p + 12)) == 0x504B0102
            )
        )
}

/* A bracket first, or white space or a byte-order mark before it. */
private rule starts_as_markup
{
    condition:
        uint8(0) == 0x3C
        or (uint8(0) <= 0x20 and uint8(0) >= 0x09)
        or (uint16be(0) == 0xEFBB and uint8(2) == 0xBF)
}

private rule is_svg
{
    strings:
        $svg = /<([A-Za-z]{1,16}:)?svg[\s>\/]/ nocase
    condition:
        $svg in (0..1023)
}

private rule is_html
{
    strings:
        $html = "<html" nocase
        $doctype = "<!doctype html" nocase
    condition:
        $html in (0..1023)
        or $doctype in (0..1023)
}

private rule is_smil
{
    strings:
        $smil = /<smil[\s>\/]/ nocase
    condition:
        $smil in (0..1023)
}

private rule is_card
{
    strings:
        $card = "BEGIN:VCARD" nocase
        $calendar = "BEGIN:VCALENDAR" nocase
    condition:
        $card in (0..1023)
        or $calendar in (0..1023)
}
