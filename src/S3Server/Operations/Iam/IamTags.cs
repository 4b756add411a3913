using System.Globalization;
using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Tags in requests and answers: 50 at most, keys of 128 characters unique without regard to case, values of 256.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html"/>
internal static class IamTags
{
    private const int MaxTags = 50;
    private const int MaxKey = 128;
    private const int MaxValue = 256;

    /// <summary><c>Tags.member.N.Key</c> and <c>.Value</c>.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidInput.</exception>
    public static IReadOnlyList<IdentityTag> Read(QueryRequest request)
    {
        var tags = new List<IdentityTag>();
        while (request.Find(string.Create(CultureInfo.InvariantCulture, $"Tags.member.{tags.Count + 1}.Key")) is { } key)
        {
            var number = tags.Count + 1;
            var value = request.Find(string.Create(CultureInfo.InvariantCulture, $"Tags.member.{number}.Value")) ?? "";
            CheckKey(key, $"tags.{number}.member.key");
            if (value.Length > MaxValue)
            {
                throw QueryException.Constraint(value, $"tags.{number}.member.value", $"have length less than or equal to {MaxValue}");
            }

            CheckCharacters(value, $"tags.{number}.member.value");
            if (tags.Any(tag => SameKey(tag, key)))
            {
                throw QueryException.Invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }

            tags.Add(new IdentityTag(key, value));
        }

        return tags.Count <= MaxTags ? tags : throw TooMany();
    }

    /// <summary><c>TagKeys.member.N</c>.</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public static IReadOnlyList<string> ReadKeys(QueryRequest request)
    {
        var keys = request.Many("TagKeys");
        for (var index = 0; index < keys.Count; index++)
        {
            CheckKey(keys[index], $"tagKeys.{index + 1}.member");
        }

        return keys;
    }

    /// <summary>What there is, with those added or replaced.</summary>
    /// <exception cref="QueryException">LimitExceeded.</exception>
    public static IReadOnlyList<IdentityTag> With(IReadOnlyList<IdentityTag> tags, IReadOnlyList<IdentityTag> added)
    {
        IdentityTag[] together = [.. tags.Where(tag => !added.Any(other => SameKey(other, tag.Key))), .. added];
        return together.Length <= MaxTags ? together : throw TooMany();
    }

    public static IReadOnlyList<IdentityTag> Without(IReadOnlyList<IdentityTag> tags, IReadOnlyList<string> keys) =>
        [.. tags.Where(tag => !keys.Any(key => SameKey(tag, key)))];

    /// <summary>The answer of the List…Tags actions.</summary>
    public static IReadOnlyList<XElement> List(QueryRequest request, IReadOnlyList<IdentityTag> tags) =>
        IamPage.Of(request, "Tags", tags, tag => tag.Key, Member);

    /// <summary>The element of an entity that has tags; nothing where it has none.</summary>
    public static IEnumerable<XElement> Element(IReadOnlyList<IdentityTag> tags) =>
        tags.Count == 0 ? [] : [IamDocument.Element("Tags", [.. tags.Select(Member)])];

    private static XElement Member(IdentityTag tag) =>
        IamDocument.Element("member", IamDocument.Element("Key", tag.Key), IamDocument.Element("Value", tag.Value));

    private static bool SameKey(IdentityTag tag, string key) => tag.Key.Equals(key, StringComparison.OrdinalIgnoreCase);

    private static QueryException TooMany() => QueryException.LimitExceeded("The number of tags has reached the maximum limit.");

    private static void CheckKey(string key, string member)
    {
        if (key.Length is 0 or > MaxKey)
        {
            throw QueryException.Constraint(
                key, member, key.Length == 0 ? "have length greater than or equal to 1" : $"have length less than or equal to {MaxKey}");
        }

        CheckCharacters(key, member);
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            throw QueryException.Invalid("Caller is not an internal AWS caller. Tag keys starting with aws: are reserved for internal use.");
        }
    }

    private static void CheckCharacters(string text, string member)
    {
        if (!text.All(character => char.IsLetter(character) || char.IsNumber(character) || char.IsWhiteSpace(character) || "_.:/=+-@".Contains(character)))
        {
            throw QueryException.Constraint(text, member, @"satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*");
        }
    }
}
