/// What HTTP lets a name and a value consist of.
enum HTTPText {
    /// RFC 9110 section 5.6.2: letters, digits and ``!#$%&'*+-.^_`|~``, as a set of bits.
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x3f: 0x03ff_6cfa_0000_0000 as UInt64 >> UInt64(byte) & 1 == 1
        case 0x40...0x7f: 0x57ff_ffff_c7ff_fffe as UInt64 >> UInt64(byte - 0x40) & 1 == 1
        default: false
        }
    }

    /// RFC 9110 section 5.5: anything but control characters, and the tab. All bytes are looked at, several at a time.
    static func isFieldContent(_ value: UnsafeRawBufferPointer) -> Bool {
        var controls: UInt8 = 0
        for index in value.indices {
            let byte = value[index]
            controls |= (byte < 0x20 ? 1 : 0) & (byte == 0x09 ? 0 : 1) | (byte == 0x7f ? 1 : 0)
        }
        return controls == 0
    }
}
