using System.Globalization;
using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// Tags in requests and answers: 50 at most, keys of 128 characters, values of 256. The keys of users' and roles' tags are one without regard to
/// case, those of managed policies' and identity providers' with it.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html"/>
internal static class IamTags
{
    public const StringComparison OfPrincipals = StringComparison.OrdinalIgnoreCase;
    public const StringComparison OfOthers = StringComparison.Ordinal;

    private const int MaxTags = 50;
    private const int MaxKey = 128;
    private const int MaxValue = 256;
    private const string Pattern = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]";

    /// <summary><c>Tags.member.N.Key</c> and <c>.Value</c>.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidInput.</exception>
    public static IReadOnlyList<IdentityTag> Read(QueryRequest request, StringComparison keys = OfPrincipals)
    {
        var tags = new List<IdentityTag>();
        while (true)
        {
            var number = tags.Count + 1;
            var (key, value) = (request.Find(Parameter(number, "Key")), request.Find(Parameter(number, "Value")));
            if (key is null && value is null)
            {
                return tags.Count <= MaxTags ? tags : throw QueryException.Constraint("tags", $"have length less than or equal to {MaxTags}");
            }

            CheckKey(key, $"tags.{number}.member.key");
            CheckValue(value, $"tags.{number}.member.value");
            if (tags.Any(tag => tag.Key.Equals(key, keys)))
            {
                throw QueryException.Invalid(
                    keys == OfPrincipals ? "Duplicate tag keys found. Please note that Tag keys are case insensitive." : "Duplicate tag keys found.");
            }

            tags.Add(new IdentityTag(key!, value!));
        }
    }

    /// <summary>The same where a request has to have some.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidInput.</exception>
    public static IReadOnlyList<IdentityTag> Require(QueryRequest request, StringComparison keys = OfPrincipals) =>
        Read(request, keys) is { Count: > 0 } tags ? tags : throw QueryException.Constraint("tags", "not be null");

    /// <summary><c>TagKeys.member.N</c>.</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public static IReadOnlyList<string> ReadKeys(QueryRequest request)
    {
        var keys = request.Many("TagKeys");
        return keys.Count == 0 ? throw QueryException.Constraint("tagKeys", "not be null")
            : keys.Count > MaxTags ? throw QueryException.Constraint("tagKeys", $"have length less than or equal to {MaxTags}")
            : keys.All(key => key.Length is > 0 and <= MaxKey && key.All(IsAllowed)) ? keys
            : throw QueryException.Constraint(
                "tagKeys",
                $"satisfy constraint: [Member must have length less than or equal to {MaxKey}, Member must have length greater than or equal to 1, "
                    + $"Member must satisfy regular expression pattern: {Pattern}+, Member must not be null]");
    }

    /// <summary>What there is, with those added or replaced.</summary>
    /// <exception cref="QueryException">LimitExceeded.</exception>
    public static IReadOnlyList<IdentityTag> With(
        IReadOnlyList<IdentityTag> tags, IReadOnlyList<IdentityTag> added, StringComparison keys = OfPrincipals)
    {
        IdentityTag[] together = [.. tags.Where(tag => !added.Any(other => other.Key.Equals(tag.Key, keys))), .. added];
        return together.Length <= MaxTags ? together : throw TooMany();
    }

    public static IReadOnlyList<IdentityTag> Without(
        IReadOnlyList<IdentityTag> tags, IReadOnlyList<string> names, StringComparison keys = OfPrincipals) =>
        [.. tags.Where(tag => !names.Any(name => tag.Key.Equals(name, keys)))];

    /// <summary>The answer of the List…Tags actions.</summary>
    public static IReadOnlyList<XElement> List(QueryRequest request, IReadOnlyList<IdentityTag> tags) =>
        IamPage.Of(request, "Tags", tags, tag => tag.Key, Member);

    /// <summary>The element of an entity that has tags; nothing where it has none.</summary>
    public static IEnumerable<XElement> Element(IReadOnlyList<IdentityTag> tags) =>
        tags.Count == 0 ? [] : [IamDocument.Element("Tags", [.. tags.Select(Member)])];

    private static XElement Member(IdentityTag tag) =>
        IamDocument.Element("member", IamDocument.Element("Key", tag.Key), IamDocument.Element("Value", tag.Value));

    private static QueryException TooMany() => QueryException.LimitExceeded("The number of tags has reached the maximum limit.");

    private static string Parameter(int number, string part) => string.Create(CultureInfo.InvariantCulture, $"Tags.member.{number}.{part}");

    private static void CheckKey(string? key, string member)
    {
        if (key is null)
        {
            throw QueryException.Constraint(member, "not be null");
        }

        if (key.Length is 0 or > MaxKey)
        {
            throw QueryException.Constraint(
                member, key.Length == 0 ? "have length greater than or equal to 1" : $"have length less than or equal to {MaxKey}");
        }

        if (!key.All(IsAllowed))
        {
            throw QueryException.Constraint(member, $"satisfy regular expression pattern: {Pattern}+");
        }

        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            throw QueryException.Invalid("Caller is not an internal AWS caller. Tag keys starting with aws: are reserved for internal use.");
        }
    }

    private static void CheckValue(string? value, string member)
    {
        if (value is null)
        {
            throw QueryException.Constraint(member, "not be null");
        }

        if (value.Length > MaxValue)
        {
            throw QueryException.Constraint(member, $"have length less than or equal to {MaxValue}");
        }

        if (!value.All(IsAllowed))
        {
            throw QueryException.Constraint(member, $"satisfy regular expression pattern: {Pattern}*");
        }
    }

    private static bool IsAllowed(char character) =>
        char.IsLetter(character) || char.IsNumber(character) || char.IsSeparator(character) || "_.:/=+-@".Contains(character);
}
