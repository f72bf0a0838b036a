//! What a parameter can mean.

/// What a parameter means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// The transaction id.
    TrId,
    /// An account: see [`crate::msn::common::account`].
    Account,
    /// An account with its network id in front.
    NetworkAccount,
    /// The display name of an account, URL-encoded.
    FriendlyName,
    /// The account of a contact, behind `N=`.
    ContactAccount,
    /// The display name of a contact, behind `F=`.
    ContactName,
    /// The id of a contact, behind `C=`.
    ContactId,
    /// The GUID of a contact.
    ContactGuid,
    /// The state of a user.
    Status,
    /// The name of a contact list.
    List,
    /// The lists that hold a contact, as bits.
    Lists,
    /// The network of the account before it.
    Network,
    /// What a client can do: see [`crate::msn::msnp::wire::capabilities`].
    Capabilities,
    /// A picture's msnobj, URL-encoded, or `0`.
    MsnObject,
    /// The address of a contact's icon.
    IconUrl,
    /// A dialect of the protocol, or `CVR0`.
    Dialect,
    /// `0`: none of the client's dialects will do.
    NoDialect,
    /// The name of an authentication package.
    AuthPackage,
    /// Authentication packages, separated by commas.
    AuthPackages,
    /// The stage of an authentication.
    AuthStage,
    /// The policy of single sign-on.
    AuthPolicy,
    /// What the client has to seal, base64.
    AuthNonce,
    /// What the client puts before the password and hashes.
    AuthSalt,
    /// A comma list for the Passport login.
    AuthParameters,
    /// A Passport ticket. A secret.
    AuthTicket,
    /// A circle ticket, base64 of XML. A secret.
    CircleTicket,
    /// The password itself. A secret.
    Password,
    /// A hash of salt and password. A secret.
    PasswordHash,
    /// The sealed nonce of single sign-on, base64.
    ResponseBlob,
    /// The GUID of the client's machine.
    MachineGuid,
    /// Whether the account's mail address is verified, 0 or 1.
    Verified,
    /// Whether the account is a child's, 0 or 1.
    Restricted,
    /// `OK` or `RINGING`.
    Outcome,
    /// The kind of server that a transfer speaks of.
    ServerType,
    /// Host and port of a server.
    Server,
    /// Host and port of the server that sends the line.
    CurrentServer,
    /// The domain of a server.
    ServerDomain,
    /// A letter of XFR and RNG whose meaning is not known.
    TransferFlag,
    /// Whether the client may connect directly, 0 or 1.
    DirectConnection,
    /// How often a client was transferred, base64 of two headers.
    HopCounter,
    /// The secret that admits to a switchboard.
    Cookie,
    /// The id of a conversation.
    SessionId,
    /// The version of the contact list.
    ListVersion,
    /// The version of the settings.
    SettingsVersion,
    /// How many contacts follow.
    ContactCount,
    /// How many groups follow.
    GroupCount,
    /// Place of this line among the lines of an answer.
    Index,
    /// How many lines an answer has.
    Total,
    /// The number or GUID of a group.
    GroupId,
    /// Groups, separated by commas.
    GroupIds,
    /// The name of a group, URL-encoded.
    GroupName,
    /// The name of a property.
    PropertyName,
    /// The value of a property, URL-encoded.
    PropertyValue,
    /// Whether to ask the user when somebody adds them.
    Prompt,
    /// What people on no list may do.
    Privacy,
    /// The language of the client.
    Locale,
    /// The operating system.
    OsType,
    /// Its version.
    OsVersion,
    /// The processor.
    Cpu,
    /// The name of the client program.
    ClientName,
    /// Its version.
    ClientVersion,
    /// Its brand or code base.
    ClientBrand,
    /// The version that the server recommends.
    RecommendedVersion,
    /// The oldest version that the server accepts.
    MinimumVersion,
    /// Where the client can be had.
    DownloadUrl,
    /// Where to read about the client.
    InfoUrl,
    /// The name of a configuration file.
    FileName,
    /// Seconds until the next ping.
    Seconds,
    /// Why the server ends the session.
    OutReason,
    /// Minutes until the client may come back.
    Minutes,
    /// What the client has to answer.
    Challenge,
    /// The product that answers a challenge.
    ProductId,
    /// The service whose address is asked for.
    Service,
    /// Language or account for the service.
    ServiceParameter,
    /// The path of the service.
    ServicePath,
    /// The address of the login page.
    LoginUrl,
    /// The site of the login page.
    SiteId,
    /// `ON` or `OFF`.
    Switch,
    /// `name=value` of a directory entry.
    DirectoryField,
    /// Number of a directory entry.
    DirectoryIndex,
    /// Who invites, URL-encoded.
    Inviter,
    /// How a message is acknowledged.
    MessageMode,
    /// The kind of a message to or from another network.
    MessageType,
    /// The kind of a notification.
    NotificationType,
    /// The kind of a page.
    PageType,
    /// What happened to a publication.
    Action,
    /// Why somebody left.
    ByeReason,
    /// Bytes that follow the line.
    PayloadLength,
    /// What an error reply says besides its code.
    ErrorDetail,
    /// A word that is always the same and says nothing.
    Constant,
    /// The place exists, but nobody knows what it means.
    Unknown,
    /// An empty word between two spaces, where the sender separates words by several.
    Filler,
    /// More than the form has.
    Surplus,
}

/// A set of meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meanings(u128);

impl Meanings {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// The set with one more.
    pub const fn with(self, meaning: Meaning) -> Self {
        Self(self.0 | 1 << meaning as u32)
    }

    /// All of both sets.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has this one.
    #[inline]
    pub const fn has(self, meaning: Meaning) -> bool {
        self.0 >> meaning as u32 & 1 == 1
    }
}
