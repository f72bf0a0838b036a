//! The fields and expert notes of `msnslp`.

use crate::msn::p2p::wire::codes::APPLICATIONS;
use crate::msn::slp::wire::codes::RESPONSES;

crate::protocol! {
    /// Sessions between clients.
    pub MSNSLP = 3, c"MSN Session Layer Protocol", c"MSNSLP", c"msnslp";
    /// The fields of `msnslp`.
    pub enum Field {
        // The first line.
        Line = c"msnslp.line", c"Start line", Text, c"The first line: a request or a response";
        Method = c"msnslp.method", c"Method", Text, c"INVITE, BYE or ACK";
        Uri = c"msnslp.uri", c"Request URI", Text, c"MSNMSGR: and the account to which the request goes";
        Protocol = c"msnslp.protocol", c"Protocol version", Text, c"MSNSLP and its version, in the first line";
        Status = c"msnslp.status", c"Status code", U16 Dec in RESPONSES, c"How the peer answers a request";
        Reason = c"msnslp.reason", c"Reason", Text, c"The status code in words";
        // Headers.
        Header = c"msnslp.header", c"Header", Text, c"One header line, of any name";
        To = c"msnslp.to", c"To", Text, c"Account of the receiver";
        From = c"msnslp.from", c"From", Text, c"Account of the sender";
        Endpoint = c"msnslp.endpoint", c"Endpoint ID", Text, c"GUID of the place at which an account is signed in";
        Via = c"msnslp.via", c"Via", Text, c"The transport, and the branch of this request";
        Branch = c"msnslp.branch", c"Branch", Text, c"Repeated by the response to this request";
        CSeq = c"msnslp.cseq", c"Sequence number", U32 Dec, c"CSeq: the response has the number of its request and 1";
        CallId = c"msnslp.call_id", c"Call-ID", Text, c"The same in all messages of one call";
        MaxForwards = c"msnslp.max_forwards", c"Max-Forwards", U32 Dec, c"0: the peer is reached without a proxy";
        ContentType = c"msnslp.content_type", c"Content-Type", Text, c"What the body is";
        ContentLength = c"msnslp.content_length", c"Content-Length", U32 Dec, c"Bytes of the body, the final NUL included";
        // Bodies.
        Body = c"msnslp.body", c"Body", None, c"Lines of key and value";
        Pair = c"msnslp.pair", c"Line", Text, c"One line of the body, of any key";
        EufGuid = c"msnslp.euf_guid", c"EUF-GUID", Text, c"The application that the session is for";
        Purpose = c"msnslp.purpose", c"Purpose", Text, c"What the EUF-GUID stands for";
        Session = c"msnslp.session", c"Session ID", U32 Dec, c"The number that the packets of the session carry";
        ChannelState = c"msnslp.channel_state", c"Channel state", U32 Dec, c"SChannelState: 0 in all known messages";
        CapabilitiesFlags = c"msnslp.capabilities", c"Capabilities flags", U32 Dec, c"1 in all known invitations";
        AppId = c"msnslp.app_id", c"AppID", U32 Dec in APPLICATIONS, c"The number that the footers of the session carry";
        RequestFlags = c"msnslp.request_flags", c"Request flags", U32 Dec, c"Sent by later clients: 16 or 18";
        Bridges = c"msnslp.bridges", c"Bridges", Text, c"Transports that the sender can use, divided by spaces";
        Bridge = c"msnslp.bridge", c"Bridge", Text, c"The transport that was chosen";
        NetId = c"msnslp.net_id", c"NetID", Ipv4, c"Public address of the sender, written as a signed number";
        ConnType = c"msnslp.conn_type", c"Connection type", Text, c"How the sender is connected: directly, behind NAT, behind a firewall";
        TcpConnType = c"msnslp.tcp_conn_type", c"TCP connection type", Text, c"The same for TCP, where it differs";
        UPnPNat = c"msnslp.upnp_nat", c"UPnP NAT", Bool, c"The sender's router can be asked for a port";
        Icf = c"msnslp.icf", c"Internet connection firewall", Bool, c"The sender has the firewall of Windows XP";
        Ipv6Global = c"msnslp.ipv6_global", c"Global IPv6 address", Text, c"IPv6-global, often empty";
        NatMessage = c"msnslp.nat_message", c"NAT traversal message", Text, c"Nat-Trav-Msg-Type: what the message is to the traversal";
        Nonce = c"msnslp.nonce", c"Nonce", Text, c"What both sides of the direct connection must say";
        HashedNonce = c"msnslp.hashed_nonce", c"Hashed nonce", Text, c"SHA-1 of what the sender will say on the direct connection";
        Listening = c"msnslp.listening", c"Listening", Bool, c"The sender waits for connections at its addresses";
        NeedsEndpoint = c"msnslp.needs_endpoint", c"Endpoint needed", Bool, c"The side that connects must first say from which port";
        RelayServer = c"msnslp.relay.server", c"Relay", Text, c"Name or address of the relay that both can use";
        RelayUser = c"msnslp.relay.user", c"Relay user name", Text, c"As whom to log in at the relay";
        RelayPassword = c"msnslp.relay.password", c"Relay password", Text [secret "password"], c"Sensitive: admits to the relay";
        InternalAddress = c"msnslp.internal.address", c"Internal address", Ipv4, c"Where the sender can be reached in its own network";
        InternalPort = c"msnslp.internal.port", c"Internal port", U16 Dec, c"Belongs to the internal addresses";
        ExternalAddress = c"msnslp.external.address", c"External address", Ipv4, c"Where the sender can be reached from outside";
        ExternalPort = c"msnslp.external.port", c"External port", U16 Dec, c"Belongs to the external addresses";
        Ipv6Address = c"msnslp.ipv6.address", c"IPv6 address", Ipv6, c"One of the addresses";
        Ipv6Addresses = c"msnslp.ipv6.addresses", c"IPv6 addresses", Text, c"Where the sender can be reached over IPv6";
        Ipv6Port = c"msnslp.ipv6.port", c"IPv6 port", U16 Dec, c"Belongs to the IPv6 addresses";
        Reversed = c"msnslp.reversed", c"Written backwards", Text, c"Key and value of a line that is written backwards, turned round";
        Context = c"msnslp.context", c"Context", Text, c"What the session is about, in base64";
        ContextData = c"msnslp.context.data", c"Context data", Bytes, c"The bytes behind the base64";
        Object = c"msnslp.context.object", c"Object description", Text, c"XML of the object that is asked for";
        ContextGuid = c"msnslp.context.guid", c"Context GUID", Text, c"What a webcam session is about: always the same";
        CloseCode = c"msnslp.context.code", c"Close code", U32 Hex, c"Why the session ends, an HRESULT; 0x81000374 when the user has closed it";
        ActivityId = c"msnslp.activity.id", c"Activity ID", Text, c"Number of the language and of the program";
        ActivityNumber = c"msnslp.activity.number", c"Activity number", Text, c"1 in all known invitations";
        ActivityName = c"msnslp.activity.name", c"Activity name", Text, c"What the users see as the name of the game or program";
        Preview = c"msnslp.preview", c"File preview", None, c"Name, size and picture of a file that is offered";
        PreviewLength = c"msnslp.preview.length", c"Preview header length", U32 Dec, c"Bytes before the picture: 574 or 638";
        PreviewVersion = c"msnslp.preview.version", c"Preview version", U32 Dec, c"Version of the layout: 2 or 3";
        FileSize = c"msnslp.preview.file_size", c"File size", U64 Dec, c"Bytes of the file that is offered";
        NoPreview = c"msnslp.preview.none", c"No picture", U32 Dec, c"1 when no picture follows the header";
        FileName = c"msnslp.preview.file_name", c"File name", Text, c"Of the file that is offered";
        PreviewRest = c"msnslp.preview.rest", c"Rest of the header", Bytes, c"Bytes behind the name, whose meaning is not known";
        PreviewImage = c"msnslp.preview.image", c"Picture", Bytes, c"A small picture of the file";
        Nul = c"msnslp.nul", c"End of message", None, c"The NUL that ends every message";
        Surplus = c"msnslp.surplus", c"Surplus bytes", Bytes, c"Bytes behind the end of the message";
        // Worked out.
        ResponseIn = c"msnslp.response_in", c"Response in frame", ResponseFrame, c"The answer to this request";
        ResponseTo = c"msnslp.response_to", c"Response to frame", RequestFrame, c"The request that this answers";
        Time = c"msnslp.time", c"Response time", Duration, c"Since the request";
        Invite = c"msnslp.invite", c"Call begun in frame", Frame, c"The first invitation with this Call-ID";
        Connection = c"msnslp.connection", c"Connection in frame", Frame, c"The first packet of the direct connection that this message announces";
    }
    /// The expert notes of `msnslp`.
    pub enum Note {
        Malformed = c"msnslp.malformed", Malformed Warning, c"Session control data that are no message";
        Refused = c"msnslp.refused", Response Note, c"The peer declines or fails";
        UnknownStatus = c"msnslp.status.unknown", Undecoded Note, c"This status code is in no known version of the protocol";
        UnknownBody = c"msnslp.content_type.unknown", Undecoded Note, c"This kind of body is in no known version of the protocol";
        UnknownKey = c"msnslp.key.unknown", Undecoded Chat, c"This key is in no known version of the protocol";
        BadValue = c"msnslp.value.bad", Protocol Warning, c"The value is not what its key demands";
        BadLength = c"msnslp.content_length.bad", Protocol Note, c"Content-Length is not the length of the body";
        NoNul = c"msnslp.nul.missing", Protocol Note, c"The message does not end with a NUL";
        BadContext = c"msnslp.context.bad", Undecoded Note, c"The context is nothing that a session of this kind has";
    }
}
