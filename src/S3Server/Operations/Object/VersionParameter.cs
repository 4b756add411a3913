using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>The versionId of a request.</summary>
internal static class VersionParameter
{
    private const string Name = "versionId";

    /// <summary>Null: the current version.</summary>
    /// <exception cref="S3Exception">InvalidArgument: it is empty, or none of ours.</exception>
    public static VersionId? Parse(S3Context context) => context.Target.Query.Get(Name) is { } text ? Parse(text) : null;

    /// <exception cref="S3Exception">InvalidArgument: it is empty, or none of ours.</exception>
    public static VersionId Parse(string text)
    {
        if (text.Length == 0)
        {
            throw Invalid("Version id cannot be the empty string", text);
        }

        return VersionId.TryParse(text, out var version) ? version : throw Invalid("Invalid version id specified", text);
    }

    private static S3Exception Invalid(string message, string value) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", Name), ("ArgumentValue", value));
}
