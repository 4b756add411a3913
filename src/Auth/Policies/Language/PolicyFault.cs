namespace S3Cassandra.Auth.Policies.Language;

/// <summary>What can be wrong with a policy.</summary>
internal enum PolicyFault
{
    TooLarge,
    NotJson,
    NotAnObject,
    Syntax,

    /// <summary>Of the element that is named beside it.</summary>
    EmptyArray,
    UnknownField,
    DuplicateField,
    InvalidVersion,
    MissingStatement,
    EmptyStatement,
    MissingField,
    ProhibitedField,
    InvalidEffect,
    InvalidSid,
    DuplicateSid,
    InvalidPrincipal,
    NotPrincipalWithAllow,
    InvalidAction,
    InvalidVendor,
    InvalidTrustAction,
    InvalidResource,
    InvalidPartition,
    LegacyParsing,
    ActionResourceMismatch,
    InvalidConditionOperator,
    InvalidConditionKey,
    InvalidConditionValue,
    InvalidConditionAddress,
    ConditionActionMismatch,
}
