//! The fields and expert notes of `msnp2p`.

use crate::msn::p2p::wire::codes::{
    APPLICATIONS, DATA_TLVS, DATA_TYPES, FLAGS, OPERATIONS, TRANSPORT_TLVS,
};

crate::protocol! {
    /// Packets between clients.
    pub MSNP2P = 2, c"MSN Peer to Peer", c"MSNP2P", c"msnp2p";
    /// The fields of `msnp2p`.
    pub enum Field {
        // Both versions.
        Version = c"msnp2p.version", c"Version", U8 Dec, c"1: 48 bytes, little-endian; 2: TLVs, big-endian";
        Header = c"msnp2p.header", c"Header", None, c"All fields before the data";
        Session = c"msnp2p.session", c"Session ID", U32 Dec, c"Agreed on by MSNSLP; 0 for MSNSLP itself";
        Data = c"msnp2p.data", c"Data", Bytes, c"What the packet carries of its blob";
        Preparation = c"msnp2p.preparation", c"Data preparation", None, c"Four zeroes with which the sender of an object begins";
        AppId = c"msnp2p.app_id", c"Application", U32 Dec in APPLICATIONS, c"The footer, big-endian; absent on direct connections";
        Surplus = c"msnp2p.surplus", c"Surplus bytes", Bytes, c"Bytes behind the end of the packet";
        Undecoded = c"msnp2p.undecoded", c"Undecoded bytes", Bytes, c"Bytes that are no packet, or not a whole one";
        // Version 1.
        Identifier = c"msnp2p.id", c"Identifier", U32 Dec, c"The same in all packets of one blob";
        Offset = c"msnp2p.offset", c"Data offset", U64 Dec, c"Where in the blob these data stand, in bytes";
        Total = c"msnp2p.total", c"Total size", U64 Dec, c"Bytes of the whole blob";
        Length = c"msnp2p.length", c"Data length", U32 Dec, c"Bytes of data in this packet";
        Flags = c"msnp2p.flags", c"Flags", U32 Hex in FLAGS, c"What the packet is for";
        FlagNak = c"msnp2p.flags.nak", c"Out of order", Bool & 0x1, c"A negative acknowledgement";
        FlagAck = c"msnp2p.flags.ack", c"Acknowledgement", Bool & 0x2, c"The packet acknowledges a blob";
        FlagPending = c"msnp2p.flags.pending", c"Acknowledgement pending", Bool & 0x4, c"The sender waits for an acknowledgement";
        FlagBinaryError = c"msnp2p.flags.binary_error", c"Binary error", Bool & 0x8, c"An error in the binary layer";
        FlagFile = c"msnp2p.flags.file", c"File", Bool & 0x10, c"The data belong to a file";
        FlagObject = c"msnp2p.flags.object", c"Object data", Bool & 0x20, c"The data are not MSNSLP";
        FlagClose = c"msnp2p.flags.close", c"Close session", Bool & 0x40, c"Acknowledges that the session ends";
        FlagError = c"msnp2p.flags.error", c"Transport error", Bool & 0x80, c"An error in the transport layer";
        FlagHandshake = c"msnp2p.flags.handshake", c"Handshake", Bool & 0x100, c"The last 16 bytes of the header are a nonce";
        FlagWlm2009 = c"msnp2p.flags.wlm2009", c"Windows Live Messenger 2009", Bool & 0x1000000, c"Set by clients that know version 2 as well";
        AckIdentifier = c"msnp2p.ack.id", c"Acknowledged identifier", U32 Dec, c"Of the acknowledged blob; random when nothing is acknowledged";
        AckUnique = c"msnp2p.ack.unique_id", c"Acknowledged unique ID", U32 Dec, c"The acknowledged identifier of the acknowledged packet";
        AckSize = c"msnp2p.ack.size", c"Acknowledged size", U64 Dec, c"Bytes of the acknowledged blob";
        Nonce = c"msnp2p.nonce", c"Nonce", Text, c"Proves that the connection belongs to the session";
        // Version 2.
        HeaderLength = c"msnp2p.header.length", c"Header length", U8 Dec, c"Bytes before the data header, TLVs and padding included";
        Operation = c"msnp2p.operation", c"Operation", U8 Hex in OPERATIONS, c"What the sender wants of the transport layer";
        OperationSyn = c"msnp2p.operation.syn", c"Synchronise", Bool & 0x1, c"SYN: the sender introduces itself";
        OperationRak = c"msnp2p.operation.rak", c"Acknowledgement requested", Bool & 0x2, c"RAK: the receiver is to acknowledge";
        PayloadLength = c"msnp2p.payload_length", c"Payload length", U16 Dec, c"Bytes of data header and data";
        Sequence = c"msnp2p.sequence", c"Sequence number", U32 Dec, c"The next packet has this and the payload length";
        Tlv = c"msnp2p.tlv", c"TLV", None, c"What the header adds: type, length, value";
        TlvType = c"msnp2p.tlv.type", c"Type", U8 Dec in TRANSPORT_TLVS, c"What the value of the TLV is";
        DataTlvType = c"msnp2p.data_tlv.type", c"Type of data TLV", U8 Dec in DATA_TLVS, c"What the value is, in the data header";
        TlvLength = c"msnp2p.tlv.length", c"Length", U8 Dec, c"Bytes of the value of the TLV";
        TlvValue = c"msnp2p.tlv.value", c"Value", Bytes, c"A value that nobody has described";
        Peer = c"msnp2p.peer", c"Peer information", None, c"What the sender is, little-endian";
        PeerProtocol = c"msnp2p.peer.protocol", c"Protocol version", U16 Hex, c"Of the peer-to-peer protocol: 0x0200";
        PeerImplementation = c"msnp2p.peer.implementation", c"Implementation ID", U16 Hex, c"Number of the implementation: 0";
        PeerVersion = c"msnp2p.peer.version", c"Implementation version", U16 Hex, c"Of the sender's program: 0x0e00";
        PeerReserved = c"msnp2p.peer.reserved", c"Reserved", U16 Hex, c"Any value";
        PeerCapabilities = c"msnp2p.peer.capabilities", c"Peer capabilities", U32 Hex, c"What the sender can do: 0x0000010f";
        AckSequence = c"msnp2p.ack.sequence", c"Acknowledged sequence number", U32 Dec, c"Sequence number and payload length of the acknowledged packet";
        NakSequence = c"msnp2p.nak.sequence", c"Missing sequence number", U32 Dec, c"What the sender has not received";
        Padding = c"msnp2p.padding", c"Padding", Bytes, c"Zeroes up to a multiple of four bytes";
        DataHeader = c"msnp2p.data_header", c"Data header", None, c"What is said of the data";
        DataHeaderLength = c"msnp2p.data_header.length", c"Data header length", U8 Dec, c"Bytes before the data, TLVs included";
        DataType = c"msnp2p.data_type", c"Data type", U8 Hex in DATA_TYPES, c"TF: the kind of data, and whether they are the first";
        Package = c"msnp2p.package", c"Package number", U16 Dec, c"The same in all packets of one blob; 0 for MSNSLP";
        Remaining = c"msnp2p.remaining", c"Remaining bytes", U64 Dec, c"What follows of the blob in later packets";
        // Direct connections.
        FrameLength = c"msnp2p.direct.length", c"Frame length", U32 Dec, c"Little-endian, before every packet of a direct connection";
        Foo = c"msnp2p.direct.foo", c"Greeting", Text, c"What the side that connects says first";
        NonceCheck = c"msnp2p.nonce.good", c"Nonce is right", Bool, c"The nonce, or its hash, was agreed on by MSNSLP";
        NonceFrame = c"msnp2p.nonce.frame", c"Nonce agreed on in frame", Frame, c"The MSNSLP message with this nonce or its hash";
        SetUp = c"msnp2p.direct.setup", c"Set up in frame", Frame, c"The MSNSLP message that announced this connection";
        // Worked out.
        BlobFirst = c"msnp2p.blob.first", c"First packet in frame", Frame, c"Where the blob begins of which this is a part";
        BlobLast = c"msnp2p.blob.last", c"Whole in frame", Frame, c"Where the blob is whole and dissected";
        BlobPackets = c"msnp2p.blob.packets", c"Packets", U32 Dec, c"How many packets the whole blob took";
        BlobSize = c"msnp2p.blob.size", c"Size of the blob", U64 Dec, c"All bytes, put together";
        Object = c"msnp2p.object", c"Object", Bytes, c"The whole of what was transferred";
        TextType = c"msnp2p.text.type", c"Text type", U16 Dec, c"8 for a text, in the messages of webcams and activities";
        TextLength = c"msnp2p.text.length", c"Text length", U32 Dec, c"Bytes of the text, its final NUL included";
        Text = c"msnp2p.text", c"Text", Text, c"What the sides of a session tell each other: webcams, activities, photo sharing";
        SharingOperation = c"msnp2p.sharing.operation", c"Operation", Text, c"ADDH adds a picture to the album, CHG selects one, PROGRESS tells how much has come";
        SharingPicture = c"msnp2p.sharing.picture", c"Picture", Text, c"The GUID of a picture of the shared album";
        SharingName = c"msnp2p.sharing.name", c"Name of the picture", Text, c"The file name of a picture of the shared album";
        SharingProgress = c"msnp2p.sharing.progress", c"Progress", Text, c"How much of the picture has come, from 0 to 1";
        SharingObject = c"msnp2p.sharing.object", c"Object of the picture", Text, c"The object by which the small or the large picture can be had";
        AckIn = c"msnp2p.ack_in", c"Acknowledged in frame", ResponseFrame, c"The packet that acknowledges this one";
        AckTo = c"msnp2p.ack_to", c"Acknowledges frame", RequestFrame, c"The packet that this one acknowledges";
        AckTime = c"msnp2p.ack_time", c"Time to acknowledgement", Duration, c"Since the acknowledged packet";
        Invite = c"msnp2p.invite", c"Session begun in frame", Frame, c"The MSNSLP invitation with this session id";
        Purpose = c"msnp2p.purpose", c"Purpose", Text, c"What the session is for, from its invitation";
        FileName = c"msnp2p.file.name", c"File name", Text, c"Of the file that the session transfers, from its invitation";
        FileSize = c"msnp2p.file.size", c"File size", U64 Dec, c"Of the file that the session transfers, from its invitation";
    }
    /// The expert notes of `msnp2p`.
    pub enum Note {
        Malformed = c"msnp2p.malformed", Malformed Error, c"Not a packet of MSN Peer to Peer";
        Short = c"msnp2p.short", Malformed Warning, c"The packet has fewer bytes of data than its header says";
        NoFooter = c"msnp2p.footer.missing", Protocol Note, c"The packet has no footer";
        Surplus = c"msnp2p.surplus.bytes", Undecoded Note, c"Bytes behind the end of the packet";
        Repeated = c"msnp2p.repeated", Sequence Chat, c"These data were sent before";
        Orphan = c"msnp2p.orphan", Reassembly Chat, c"The beginning of the blob is not in the capture";
        TooLong = c"msnp2p.blob.too_long", Reassembly Chat, c"The blob is too long to be put together";
        SizeDiffers = c"msnp2p.size.differs", Protocol Note, c"The data are not as long as the invitation said";
        Refused = c"msnp2p.refused", Response Note, c"The peer reports an error or a packet that is missing";
        BadNonce = c"msnp2p.nonce.bad", Protocol Warning, c"The nonce is not the one that was agreed on";
        Partial = c"msnp2p.partial", Reassembly Note, c"The rest of the packet is in later segments, which are not put together";
    }
}
