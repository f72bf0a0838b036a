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
        Version = c"msnp2p.version", c"P2P version", U8 Dec, c"1: 48-byte little-endian header; 2: big-endian header with TLVs";
        Header = c"msnp2p.header", c"Header", None, c"All fields before the data";
        Session = c"msnp2p.session", c"Session ID", U32 Dec, c"Negotiated by MSNSLP; 0 for MSNSLP itself";
        Data = c"msnp2p.data", c"Data", Bytes, c"Part of the blob in this packet";
        Rest = c"msnp2p.data.rest", c"Data continuation", Bytes, c"Data of a packet that begins in an earlier segment";
        Preparation = c"msnp2p.preparation", c"Data preparation", None, c"Four zero bytes sent before an MSN object";
        AppId = c"msnp2p.app_id", c"Application ID", U32 Dec in APPLICATIONS, c"Big-endian footer; absent on direct connections";
        Surplus = c"msnp2p.surplus", c"Trailing data", Bytes, c"Bytes after the end of the packet";
        Undecoded = c"msnp2p.undecoded", c"Unrecognized data", Bytes, c"Bytes that are not a complete packet";
        // Version 1.
        Identifier = c"msnp2p.id", c"Blob identifier", U32 Dec, c"The same in all packets of a blob";
        Offset = c"msnp2p.offset", c"Data offset", U64 Dec, c"Offset in bytes of the data in the blob";
        Total = c"msnp2p.total", c"Total size", U64 Dec, c"Size in bytes of the whole blob";
        Length = c"msnp2p.length", c"Data length", U32 Dec, c"Length in bytes of the data in this packet";
        Flags = c"msnp2p.flags", c"Flags", U32 Hex in FLAGS, c"Purpose of the packet";
        FlagNak = c"msnp2p.flags.nak", c"Out of order", Bool & 0x1, c"Negative acknowledgment";
        FlagAck = c"msnp2p.flags.ack", c"Acknowledgment", Bool & 0x2, c"The packet acknowledges a blob";
        FlagPending = c"msnp2p.flags.pending", c"Acknowledgment pending", Bool & 0x4, c"The sender waits for an acknowledgment";
        FlagBinaryError = c"msnp2p.flags.binary_error", c"Binary error", Bool & 0x8, c"Error in the binary layer";
        FlagFile = c"msnp2p.flags.file", c"File", Bool & 0x10, c"The data belong to a file transfer";
        FlagObject = c"msnp2p.flags.object", c"Object data", Bool & 0x20, c"The data are not MSNSLP";
        FlagClose = c"msnp2p.flags.close", c"Close session", Bool & 0x40, c"Acknowledges the end of the session";
        FlagError = c"msnp2p.flags.error", c"Transport error", Bool & 0x80, c"Error in the transport layer";
        FlagHandshake = c"msnp2p.flags.handshake", c"Handshake", Bool & 0x100, c"The last 16 bytes of the header are a nonce";
        FlagWlm2009 = c"msnp2p.flags.wlm2009", c"Windows Live Messenger 2009", Bool & 0x1000000, c"Set by clients that also support version 2";
        AckIdentifier = c"msnp2p.ack.id", c"Acknowledged identifier", U32 Dec, c"Identifier of the acknowledged blob; random when nothing is acknowledged";
        AckUnique = c"msnp2p.ack.unique_id", c"Acknowledged unique ID", U32 Dec, c"Acknowledged identifier field of the acknowledged packet";
        AckSize = c"msnp2p.ack.size", c"Acknowledged size", U64 Dec, c"Size in bytes of the acknowledged blob";
        Nonce = c"msnp2p.nonce", c"Nonce", Text [secret "nonce"], c"Authenticates the direct connection";
        // Version 2.
        HeaderLength = c"msnp2p.header.length", c"Header length", U8 Dec, c"Length in bytes of the transport header, including TLVs and padding";
        Operation = c"msnp2p.operation", c"Operation code", U8 Hex in OPERATIONS, c"Flags of the transport layer";
        OperationSyn = c"msnp2p.operation.syn", c"Synchronize (SYN)", Bool & 0x1, c"The sender announces its capabilities";
        OperationRak = c"msnp2p.operation.rak", c"Acknowledgment requested (RAK)", Bool & 0x2, c"The receiver has to acknowledge the packet";
        PayloadLength = c"msnp2p.payload_length", c"Payload length", U16 Dec, c"Length in bytes of data header and data";
        Sequence = c"msnp2p.sequence", c"Sequence number", U32 Dec, c"The next packet has this number plus the payload length";
        Tlv = c"msnp2p.tlv", c"TLV", None, c"Type, length and value in the transport or data header";
        TlvType = c"msnp2p.tlv.type", c"TLV type", U8 Dec in TRANSPORT_TLVS, c"Type of a TLV in the transport header";
        DataTlvType = c"msnp2p.data_tlv.type", c"Data TLV type", U8 Dec in DATA_TLVS, c"Type of a TLV in the data header";
        TlvLength = c"msnp2p.tlv.length", c"TLV length", U8 Dec, c"Length in bytes of the value";
        TlvValue = c"msnp2p.tlv.value", c"TLV value", Bytes, c"Value of unknown meaning";
        Peer = c"msnp2p.peer", c"Peer information", None, c"Version and capabilities of the sender, little-endian";
        PeerProtocol = c"msnp2p.peer.protocol", c"Peer protocol version", U16 Hex, c"Version of the P2P protocol: 0x0200";
        PeerImplementation = c"msnp2p.peer.implementation", c"Peer implementation ID", U16 Hex, c"Number of the implementation: 0";
        PeerVersion = c"msnp2p.peer.version", c"Peer implementation version", U16 Hex, c"Version of the sender's program: 0x0e00";
        PeerReserved = c"msnp2p.peer.reserved", c"Reserved", U16 Hex, c"Reserved field with an arbitrary value";
        PeerCapabilities = c"msnp2p.peer.capabilities", c"Peer capabilities", U32 Hex, c"Capability flags of the sender: 0x0000010f";
        AckSequence = c"msnp2p.ack.sequence", c"Acknowledged sequence number", U32 Dec, c"Sequence number plus payload length of the acknowledged packet";
        NakSequence = c"msnp2p.nak.sequence", c"Missing sequence number", U32 Dec, c"Sequence number that the sender has not received";
        Padding = c"msnp2p.padding", c"Padding", Bytes, c"Zero bytes up to a multiple of four";
        DataHeader = c"msnp2p.data_header", c"Data header", None, c"Header of the data";
        DataHeaderLength = c"msnp2p.data_header.length", c"Data header length", U8 Dec, c"Length in bytes of the data header, including TLVs";
        DataType = c"msnp2p.data_type", c"Data type", U8 Hex in DATA_TYPES, c"TF: type of the data, and whether the packet is the first one of the blob";
        Package = c"msnp2p.package", c"Package number", U16 Dec, c"The same in all packets of a blob; 0 for MSNSLP";
        Remaining = c"msnp2p.remaining", c"Remaining bytes", U64 Dec, c"Bytes of the blob in later packets";
        // Direct connections.
        FrameLength = c"msnp2p.direct.length", c"Frame length", U32 Dec, c"Little-endian length before every packet of a direct connection";
        Foo = c"msnp2p.direct.foo", c"Greeting", Text, c"First message of the connecting side";
        NonceCheck = c"msnp2p.nonce.good", c"Nonce valid", Bool, c"The nonce or its hash was announced by MSNSLP";
        NonceFrame = c"msnp2p.nonce.frame", c"Nonce in frame", Frame, c"Frame of the MSNSLP message that announced this nonce or its hash";
        PacketFrame = c"msnp2p.direct.frame", c"Packet begins in frame", Frame, c"Frame with the header of the packet that this segment continues";
        SetUp = c"msnp2p.direct.setup", c"Setup frame", Frame, c"Frame of the MSNSLP message that announced this connection";
        // Generated.
        BlobFirst = c"msnp2p.blob.first", c"First packet in frame", Frame, c"Frame with the first packet of the blob";
        BlobLast = c"msnp2p.blob.last", c"Reassembled in frame", Frame, c"Frame in which the blob is reassembled";
        BlobPackets = c"msnp2p.blob.packets", c"Packet count", U32 Dec, c"Number of packets of the blob";
        BlobSize = c"msnp2p.blob.size", c"Blob size", U64 Dec, c"Size in bytes of the reassembled blob";
        Object = c"msnp2p.object", c"Transferred object", Bytes, c"Reassembled data of the transfer";
        ObjectName = c"msnp2p.object.name", c"Object name", Text, c"Name of the object, from the MSN object in the invitation";
        HashGood = c"msnp2p.object.sha1d.good", c"Object hash valid", Bool, c"SHA-1 of the data is the SHA1D of the MSN object in the invitation";
        Sha256 = c"msnp2p.object.sha256", c"Object SHA-256", Text, c"SHA-256 of the reassembled data, in hexadecimal";
        TextType = c"msnp2p.text.type", c"Text type", U16 Dec, c"8 for a text in webcam and activity sessions";
        TextLength = c"msnp2p.text.length", c"Text length", U32 Dec, c"Length in bytes of the text, including the final NUL";
        Text = c"msnp2p.text", c"Session text", Text, c"Control message of webcam, activity and photo sharing sessions";
        SharingOperation = c"msnp2p.sharing.operation", c"Sharing operation", Text, c"ADDH adds a picture to the album, CHG selects one, PROGRESS reports the progress of a transfer";
        SharingPicture = c"msnp2p.sharing.picture", c"Sharing picture GUID", Text, c"GUID of a picture in the shared album";
        SharingName = c"msnp2p.sharing.name", c"Sharing picture name", Text, c"File name of a picture in the shared album";
        SharingProgress = c"msnp2p.sharing.progress", c"Sharing progress", Text, c"Transferred fraction of the picture, from 0 to 1";
        SharingObject = c"msnp2p.sharing.object", c"Sharing picture MSN object", Text, c"MSN object of the thumbnail or of the full picture";
        AckIn = c"msnp2p.ack_in", c"Acknowledged in", ResponseFrame, c"Frame of the packet that acknowledges this one";
        AckTo = c"msnp2p.ack_to", c"Acknowledges frame", RequestFrame, c"Frame of the packet that this one acknowledges";
        AckTime = c"msnp2p.ack_time", c"Acknowledgment time", Duration, c"Time between the acknowledged packet and this acknowledgment";
        Invite = c"msnp2p.invite", c"Invitation in frame", Frame, c"Frame of the MSNSLP INVITE with this session ID";
        Purpose = c"msnp2p.purpose", c"Application", Text, c"Application of the session, from its invitation";
        FileName = c"msnp2p.file.name", c"File name", Text, c"Name of the transferred file, from the invitation";
        FileSize = c"msnp2p.file.size", c"File size", U64 Dec, c"Size in bytes of the transferred file, from the invitation";
        Inviter = c"msnp2p.inviter", c"Inviter", Text, c"Account that sent the invitation with this session ID";
        Invitee = c"msnp2p.invitee", c"Invitee", Text, c"Account that received the invitation with this session ID";
        Completed = c"msnp2p.completed", c"Transfer complete in frame", Frame, c"Frame in which the file or object of the session is complete";
    }
    /// The expert notes of `msnp2p`.
    pub enum Note {
        Malformed = c"msnp2p.malformed", Malformed Error, c"Malformed P2P packet";
        Short = c"msnp2p.short", Malformed Warning, c"Packet has fewer bytes of data than its header announces";
        NoFooter = c"msnp2p.footer.missing", Protocol Note, c"Missing footer";
        Surplus = c"msnp2p.surplus.bytes", Undecoded Note, c"Trailing data after the packet";
        Repeated = c"msnp2p.repeated", Sequence Chat, c"Duplicate data";
        Orphan = c"msnp2p.orphan", Reassembly Chat, c"Start of the blob is not in the capture, or comes later";
        TooLong = c"msnp2p.blob.too_long", Reassembly Chat, c"Blob exceeds the reassembly limit";
        HashDiffers = c"msnp2p.object.sha1d.differs", Protocol Note, c"SHA-1 of the data differs from that of the MSN object";
        SizeDiffers = c"msnp2p.size.differs", Protocol Note, c"Size of the data differs from the one in the invitation";
        Refused = c"msnp2p.refused", Response Note, c"Error or missing packet reported by the peer";
        BadNonce = c"msnp2p.nonce.bad", Protocol Warning, c"Nonce differs from the negotiated one";
        Lost = c"msnp2p.lost", Sequence Chat, c"Preceding segments missing or out of order; dissection resumes at the next packet";
        Partial = c"msnp2p.partial", Reassembly Note, c"PDU continues in later segments, which are not reassembled";
    }
}
