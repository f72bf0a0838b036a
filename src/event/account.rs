//! Accounts: contacts, logins and what is known of a person.

/// A change of a contact list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactChange {
    /// The server lists a contact that is on the list.
    Listed {
        /// The lists in words, such as "forward, allow"; empty if not said.
        lists: String,
        /// The display name; empty if not said.
        name: String,
        /// The groups; empty if not said.
        groups: String,
    },
    /// The owner adds a contact.
    Added,
    /// The owner removes a contact.
    Removed,
    /// The owner blocks a contact.
    Blocked,
    /// The owner unblocks a contact.
    Unblocked,
    /// The owner learns that the contact has added the owner.
    AddedOwner,
    /// The contact has removed the owner.
    RemovedOwner,
    /// A group of contacts, or who is in it.
    Group {
        /// What the owner does with it.
        what: GroupChange,
        /// Its name, or its id if the name is not said.
        name: String,
    },
    /// [`crate::event::Event::from`] asks the others to be a contact, or answers such a request.
    Request {
        /// What it says, such as "asks to add" or "rejects".
        what: &'static str,
        /// The words of the user; empty if there are none.
        text: String,
    },
}

/// What happens to a group of contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupChange {
    /// It is in the list that the server sends.
    Listed,
    /// The owner makes it.
    Added,
    /// The owner renames it.
    Renamed,
    /// The owner removes it.
    Removed,
    /// The owner puts a contact into it.
    ContactAdded,
    /// The owner takes a contact out of it.
    ContactRemoved,
}

impl GroupChange {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Added => "added",
            Self::Renamed => "renamed",
            Self::Removed => "removed",
            Self::ContactAdded => "contact added to",
            Self::ContactRemoved => "contact removed from",
        }
    }
}

/// Steps of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoginStep {
    /// The client names its account.
    Started,
    /// The client proves who it is.
    Proved,
    /// The server admits the client.
    Succeeded,
    /// The server refuses it.
    Refused,
}

/// A step of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The step.
    pub step: LoginStep,
    /// Where to: "notification server", "switchboard", "QQ" ...
    pub service: String,
    /// The method, such as "MD5" or "SSO"; empty if not said in this PDU.
    pub method: String,
    /// The secret that goes over in this PDU and its form, such as "MD5 of salt and password";
    /// empty if there is none. Never the secret itself.
    pub secret: String,
    /// The result or the reason of a refusal, in words; empty if not said.
    pub result: String,
}

/// Declares [`Fact`] with the title of each.
macro_rules! facts {
    ($($(#[$about:meta])* $fact:ident = $title:literal,)*) => {
        /// What a value says of an account.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Fact {
            $(#[doc = $title] $fact,)*
        }

        impl Fact {
            /// All facts, in the order of reports.
            pub const ALL: &'static [Self] = &[$(Self::$fact,)*];

            /// Its title in reports.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$fact => $title,)*
                }
            }
        }
    };
}

facts! {
    Client = "Client",
    ClientVersion = "Client version",
    Protocol = "Protocol version",
    OperatingSystem = "Operating system",
    Processor = "Processor",
    Locale = "Locale",
    Capabilities = "Capabilities",
    PrivateAddress = "Private address",
    PublicAddress = "Public address",
    MachineId = "Machine ID",
    EndpointName = "Endpoint name",
    LoginTime = "Login time",
    LastLoginTime = "Last login time",
    LastLoginAddress = "Last login address",
    MemberId = "Member ID",
    Nickname = "Nickname",
    Language = "Language",
    Country = "Country",
    Province = "Province",
    City = "City",
    PostalCode = "Postal code",
    Gender = "Gender",
    Age = "Age",
    Birthday = "Birthday",
    Kid = "Kid account",
    Verified = "Account verified",
    MailEnabled = "Email enabled",
    PreferredMail = "Preferred email",
    Mail = "Email",
    HomePhone = "Home phone",
    WorkPhone = "Work phone",
    MobilePhone = "Mobile phone",
    MobileAllowed = "Mobile pages allowed",
    MobileDevice = "Mobile device enabled",
    Wallet = "Passport wallet",
    Privacy = "Default privacy",
    Prompt = "Reverse list prompting",
    Avatar = "Avatar",
    Level = "Level",
    Signature = "Signature",
    RealName = "Real name",
    School = "School",
    Occupation = "Occupation",
    HomePage = "Home page",
    Introduction = "Introduction",
    TimeZone = "Time zone",
    PostalAddress = "Postal address",
    QqAge = "QQ age",
}
