namespace S3Cassandra.Auth.Policies.Patterns;

/// <summary>The pieces of a pattern.</summary>
internal enum PatternTokenKind
{
    /// <summary>Text as it stands.</summary>
    Literal,

    /// <summary><c>*</c>: any text, also none.</summary>
    AnyText,

    /// <summary><c>?</c>: one character.</summary>
    AnyCharacter,

    /// <summary><c>${key}</c>: the request's value, as it stands: a wildcard in it is text.</summary>
    Variable,
}
