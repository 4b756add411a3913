using S3Cassandra.Auth.Policies.Conditions;

namespace S3Cassandra.Auth.Policies.Patterns;

/// <summary>A piece of a pattern: its text, or the variable's key and its default.</summary>
internal readonly record struct PatternToken(PatternTokenKind Kind, string? Text = null, ConditionKey? Key = null);
