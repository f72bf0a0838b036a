//! Which field shows which meaning of a parameter, and how. Data only.

use crate::codes::WordCodes;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::wire::parameter::Meaning;
use crate::msn::msnp::wire::values;

/// How a parameter is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) enum MeaningView {
    /// As it is.
    Text(Field),
    /// URL-decoded.
    Encoded(Field),
    /// As a word of a table.
    Named(Field, WordCodes),
    /// As a decimal number.
    Number(Field),
    /// As 0 or 1.
    Flag(Field),
    /// URL-decoded, without what is in front of it.
    Prefixed(&'static str, Field),
    /// In its own way, by its parts.
    Parts(Field),
}

impl MeaningView {
    /// The field, for its title.
    pub(crate) const fn field(self) -> Field {
        match self {
            MeaningView::Text(field)
            | MeaningView::Encoded(field)
            | MeaningView::Named(field, _)
            | MeaningView::Number(field)
            | MeaningView::Flag(field)
            | MeaningView::Prefixed(_, field)
            | MeaningView::Parts(field) => field,
        }
    }
}

/// How a meaning is shown.
#[rustfmt::skip]
pub(crate) const fn view(meaning: Meaning) -> MeaningView {
    use Meaning as M;
    use MeaningView::{Encoded, Flag, Named, Number, Parts, Prefixed, Text};
    match meaning {
        M::TrId => Number(Field::TrId),
        M::Account | M::NetworkAccount => Parts(Field::Account),
        M::FriendlyName | M::Inviter => Encoded(Field::FriendlyName),
        M::ContactAccount => Prefixed("N=", Field::Account),
        M::ContactName => Prefixed("F=", Field::FriendlyName),
        M::ContactId => Prefixed("C=", Field::ContactId),
        M::ContactGuid => Text(Field::ContactId),
        M::Status => Named(Field::Status, values::STATUSES),
        M::List => Named(Field::List, values::LISTS),
        M::Lists => Parts(Field::Lists),
        M::Network => Number(Field::Network),
        M::Capabilities => Parts(Field::Capabilities),
        M::MsnObject => Parts(Field::MsnObject),
        M::IconUrl => Encoded(Field::IconUrl),
        M::Dialect | M::NoDialect => Parts(Field::Dialect),
        M::AuthPackage => Named(Field::AuthPackage, values::PACKAGES),
        M::AuthPackages => Parts(Field::AuthPackage),
        M::AuthStage => Named(Field::AuthStage, values::STAGES),
        M::AuthPolicy => Named(Field::AuthPolicy, values::POLICIES),
        M::AuthNonce => Text(Field::AuthNonce),
        M::AuthSalt => Text(Field::AuthSalt),
        M::AuthParameters => Parts(Field::AuthParameters),
        M::AuthTicket => Parts(Field::AuthTicket),
        M::CircleTicket => Parts(Field::CircleTicket),
        M::Password => Text(Field::AuthPassword),
        M::PasswordHash => Text(Field::AuthHash),
        M::ResponseBlob => Parts(Field::Blob),
        M::MachineGuid => Text(Field::EndpointId),
        M::Verified => Flag(Field::Verified),
        M::Restricted => Flag(Field::Restricted),
        M::Outcome => Text(Field::Outcome),
        M::ServerType => Named(Field::ServerType, values::SERVER_TYPES),
        M::Server | M::CurrentServer => Parts(Field::Server),
        M::ServerDomain => Text(Field::ServerDomain),
        M::TransferFlag => Text(Field::TransferFlag),
        M::DirectConnection => Flag(Field::DirectConnection),
        M::HopCounter => Parts(Field::HopCounter),
        M::Cookie => Text(Field::Cookie),
        M::SessionId => Text(Field::SessionId),
        M::ListVersion => Parts(Field::ListVersion),
        M::SettingsVersion => Parts(Field::SettingsVersion),
        M::ContactCount => Number(Field::ContactCount),
        M::GroupCount => Number(Field::GroupCount),
        M::Index => Number(Field::Index),
        M::Total => Number(Field::Total),
        M::GroupId => Text(Field::GroupId),
        M::GroupIds => Parts(Field::GroupId),
        M::GroupName => Encoded(Field::GroupName),
        M::PropertyName => Named(Field::PropertyName, values::PROPERTIES),
        M::PropertyValue => Encoded(Field::PropertyValue),
        M::Prompt => Named(Field::Prompt, values::PROMPTS),
        M::Privacy => Named(Field::Privacy, values::PRIVACY),
        M::Locale => Parts(Field::Locale),
        M::OsType => Text(Field::ClientOs),
        M::OsVersion => Text(Field::ClientOsVersion),
        M::Cpu => Text(Field::ClientCpu),
        M::ClientName => Text(Field::ClientName),
        M::ClientVersion => Text(Field::ClientVersion),
        M::ClientBrand => Text(Field::ClientBrand),
        M::RecommendedVersion => Text(Field::RecommendedVersion),
        M::MinimumVersion => Text(Field::MinimumVersion),
        M::DownloadUrl => Text(Field::DownloadUrl),
        M::InfoUrl => Text(Field::InfoUrl),
        M::FileName => Text(Field::ConfigFile),
        M::Seconds => Number(Field::PingSeconds),
        M::OutReason => Named(Field::OutReason, values::OUT_REASONS),
        M::Minutes => Number(Field::OutMinutes),
        M::Challenge => Text(Field::Challenge),
        M::ProductId => Text(Field::ProductId),
        M::Service => Named(Field::Service, values::SERVICES),
        M::ServiceParameter => Encoded(Field::ServiceParameter),
        M::ServicePath => Text(Field::ServicePath),
        M::LoginUrl => Text(Field::LoginUrl),
        M::SiteId => Text(Field::SiteId),
        M::Switch => Text(Field::Switch),
        M::DirectoryField => Parts(Field::DirectoryField),
        M::DirectoryIndex => Number(Field::DirectoryIndex),
        M::MessageMode => Named(Field::MessageMode, values::MESSAGE_MODES),
        M::MessageType => Number(Field::MessageType),
        M::NotificationType => Number(Field::NotificationType),
        M::PageType => Number(Field::PageType),
        M::Action => Named(Field::Action, values::ACTIONS),
        M::ByeReason => Number(Field::ByeReason),
        M::PayloadLength => Number(Field::PayloadLength),
        M::ErrorDetail => Text(Field::ErrorDetail),
        M::Constant => Text(Field::Constant),
        M::Unknown | M::Filler | M::Surplus => Text(Field::UnknownParam),
    }
}
