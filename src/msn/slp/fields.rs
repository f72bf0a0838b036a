//! The fields and expert notes of `msnslp`.

use crate::msn::p2p::wire::codes::APPLICATIONS;
use crate::msn::slp::wire::codes::RESPONSES;

crate::protocol! {
    /// Sessions between clients.
    pub MSNSLP = 3, c"MSN Session Layer Protocol", c"MSNSLP", c"msnslp";
    /// The fields of `msnslp`.
    pub enum Field {
        // Start line.
        Line = c"msnslp.line", c"Start line", Text, c"Request line or status line";
        Method = c"msnslp.method", c"Method", Text, c"INVITE, BYE or ACK";
        Uri = c"msnslp.uri", c"Request URI", Text, c"MSNMSGR: followed by the account of the recipient";
        Protocol = c"msnslp.protocol", c"Protocol version", Text, c"MSNSLP version in the start line";
        Status = c"msnslp.status", c"Status code", U16 Dec in RESPONSES, c"Result of the request";
        Reason = c"msnslp.reason", c"Reason phrase", Text, c"Text of the status code";
        // Headers.
        Header = c"msnslp.header", c"Header", Text, c"One header line of any name";
        To = c"msnslp.to", c"To", Text, c"Account of the recipient";
        From = c"msnslp.from", c"From", Text, c"Account of the sender";
        Endpoint = c"msnslp.endpoint", c"Endpoint ID", Text, c"GUID of an endpoint at which the account is signed in";
        Via = c"msnslp.via", c"Via", Text, c"Transport and branch of the request";
        Branch = c"msnslp.branch", c"Branch", Text, c"Branch of the request, echoed in the response";
        CSeq = c"msnslp.cseq", c"CSeq", U32 Dec, c"Sequence number; that of a response is one higher than that of its request";
        CallId = c"msnslp.call_id", c"Call-ID", Text, c"The same in all messages of a call";
        MaxForwards = c"msnslp.max_forwards", c"Max-Forwards", U32 Dec, c"0, since no proxy is involved";
        ContentType = c"msnslp.content_type", c"Content-Type", Text, c"Media type of the body";
        ContentLength = c"msnslp.content_length", c"Content-Length", U32 Dec, c"Length in bytes of the body, including the final NUL";
        // Bodies.
        Body = c"msnslp.body", c"Message body", None, c"Lines of keys and values";
        Pair = c"msnslp.pair", c"Body line", Text, c"One line of the body";
        EufGuid = c"msnslp.euf_guid", c"EUF-GUID", Text, c"Identifies the application of the session";
        Purpose = c"msnslp.purpose", c"Application", Text, c"Application identified by the EUF-GUID";
        Session = c"msnslp.session", c"Session ID", U32 Dec, c"Session ID in the P2P packets of the session";
        ChannelState = c"msnslp.channel_state", c"Channel state", U32 Dec, c"SChannelState: 0 in all known messages";
        CapabilitiesFlags = c"msnslp.capabilities", c"Capabilities flags", U32 Dec, c"1 in all known invitations";
        AppId = c"msnslp.app_id", c"AppID", U32 Dec in APPLICATIONS, c"Application ID in the P2P footers of the session";
        RequestFlags = c"msnslp.request_flags", c"Request flags", U32 Dec, c"Sent by later clients: 16 or 18";
        Bridges = c"msnslp.bridges", c"Bridges", Text, c"Space-separated transports that the sender supports";
        Bridge = c"msnslp.bridge", c"Bridge", Text, c"Selected transport";
        NetId = c"msnslp.net_id", c"NetID", Ipv4, c"Public address of the sender, written as a signed number";
        ConnType = c"msnslp.conn_type", c"Connection type", Text, c"NAT or firewall of the sender";
        TcpConnType = c"msnslp.tcp_conn_type", c"TCP connection type", Text, c"NAT or firewall of the sender for TCP, where it differs";
        UPnPNat = c"msnslp.upnp_nat", c"UPnP NAT", Bool, c"The sender's router supports UPnP";
        Icf = c"msnslp.icf", c"Internet Connection Firewall", Bool, c"The sender has the firewall of Windows XP";
        Ipv6Global = c"msnslp.ipv6_global", c"Global IPv6 address", Text, c"IPv6-global, often empty";
        NatMessage = c"msnslp.nat_message", c"NAT traversal message type", Text, c"Nat-Trav-Msg-Type: step of the NAT traversal";
        Nonce = c"msnslp.nonce", c"Nonce", Text [secret "nonce"], c"Nonce that authenticates the direct connection";
        HashedNonce = c"msnslp.hashed_nonce", c"Hashed nonce", Text [secret "hash"], c"SHA-1 of the nonce of the direct connection";
        Listening = c"msnslp.listening", c"Listening", Bool, c"The sender listens for connections at its addresses";
        NeedsEndpoint = c"msnslp.needs_endpoint", c"Endpoint needed", Bool, c"The connecting side first has to announce its port";
        RelayServer = c"msnslp.relay.server", c"Relay server", Text, c"Name or address of the relay";
        RelayUser = c"msnslp.relay.user", c"Relay user name", Text, c"User name at the relay";
        RelayPassword = c"msnslp.relay.password", c"Relay password", Text [secret "password"], c"Sensitive: authenticates the user at the relay";
        InternalAddress = c"msnslp.internal.address", c"Internal address", Ipv4, c"Address of the sender inside its own network";
        InternalPort = c"msnslp.internal.port", c"Internal port", U16 Dec, c"Port of the internal addresses";
        ExternalAddress = c"msnslp.external.address", c"External address", Ipv4, c"Address of the sender as seen from outside";
        ExternalPort = c"msnslp.external.port", c"External port", U16 Dec, c"Port of the external addresses";
        Ipv6Address = c"msnslp.ipv6.address", c"IPv6 address", Ipv6, c"One of the IPv6 addresses of the sender";
        Ipv6Addresses = c"msnslp.ipv6.addresses", c"IPv6 addresses", Text, c"IPv6 addresses of the sender";
        Ipv6Port = c"msnslp.ipv6.port", c"IPv6 port", U16 Dec, c"Port of the IPv6 addresses";
        Reversed = c"msnslp.reversed", c"Reversed line", Text, c"Key and value of a line with reversed characters, in reading order";
        Context = c"msnslp.context", c"Context", Text, c"base64 of the subject of the session";
        ContextData = c"msnslp.context.data", c"Context data", Bytes, c"Bytes decoded from base64";
        Object = c"msnslp.context.object", c"MSN object", Text, c"XML description of the requested object";
        ContextGuid = c"msnslp.context.guid", c"Context GUID", Text, c"Constant GUID of webcam sessions";
        CloseCode = c"msnslp.context.code", c"Close code", U32 Hex, c"HRESULT; 0x81000374 when the user closed the session";
        ActivityId = c"msnslp.activity.id", c"Activity ID", Text, c"Number of the language and of the program";
        ActivityNumber = c"msnslp.activity.number", c"Activity number", Text, c"1 in all known invitations";
        ActivityName = c"msnslp.activity.name", c"Activity name", Text, c"Displayed name of the activity or game";
        Preview = c"msnslp.preview", c"File preview", None, c"Name, size and preview image of an offered file";
        PreviewLength = c"msnslp.preview.length", c"Preview header length", U32 Dec, c"Length in bytes of the header before the image: 574 or 638";
        PreviewVersion = c"msnslp.preview.version", c"Preview version", U32 Dec, c"Version of the header: 2 or 3";
        FileSize = c"msnslp.preview.file_size", c"File size", U64 Dec, c"Size in bytes of the offered file";
        NoPreview = c"msnslp.preview.none", c"No preview image", U32 Dec, c"1 when no image follows the header";
        FileName = c"msnslp.preview.file_name", c"File name", Text, c"Name of the offered file";
        PreviewRest = c"msnslp.preview.rest", c"Preview header trailer", Bytes, c"Bytes after the name, of unknown meaning";
        PreviewImage = c"msnslp.preview.image", c"Preview image", Bytes, c"Thumbnail of the file";
        Nul = c"msnslp.nul", c"NUL terminator", None, c"NUL that ends every message";
        Surplus = c"msnslp.surplus", c"Trailing data", Bytes, c"Bytes after the end of the message";
        // Generated.
        ResponseIn = c"msnslp.response_in", c"Response in", ResponseFrame, c"Frame of the response to this request";
        ResponseTo = c"msnslp.response_to", c"Request in", RequestFrame, c"Frame of the request that this message responds to";
        Time = c"msnslp.time", c"Response time", Duration, c"Time between the request and this response";
        Invite = c"msnslp.invite", c"Invitation in frame", Frame, c"Frame of the first INVITE with this Call-ID";
        Connection = c"msnslp.connection", c"Connection in frame", Frame, c"First frame of the direct connection announced by this message";
    }
    /// The expert notes of `msnslp`.
    pub enum Note {
        Malformed = c"msnslp.malformed", Malformed Warning, c"Malformed MSNSLP message";
        Refused = c"msnslp.refused", Response Note, c"Request declined or failed";
        UnknownStatus = c"msnslp.status.unknown", Undecoded Note, c"Unknown status code";
        UnknownBody = c"msnslp.content_type.unknown", Undecoded Note, c"Unknown Content-Type";
        UnknownKey = c"msnslp.key.unknown", Undecoded Chat, c"Unknown body key";
        BadValue = c"msnslp.value.bad", Protocol Warning, c"Invalid value";
        BadLength = c"msnslp.content_length.bad", Protocol Note, c"Content-Length does not match the length of the body";
        NoNul = c"msnslp.nul.missing", Protocol Note, c"Message is not terminated by NUL";
        BadContext = c"msnslp.context.bad", Undecoded Note, c"Malformed context for this application";
    }
}
