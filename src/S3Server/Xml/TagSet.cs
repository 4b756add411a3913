using System.Globalization;
using System.Text;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Xml;

/// <summary>Sets of tags as documents hold them, of buckets and of objects, and the rules for them.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html"/>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html"/>
internal static class TagSet
{
    public const int MaxOfBucket = 50;
    public const int MaxOfObject = 10;

    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 256;
    private const string Punctuation = "+-=._:/@";

    /// <summary>The tags of an element that holds Tag elements.</summary>
    /// <exception cref="S3Exception">MalformedXML, or what <see cref="Validate"/> says.</exception>
    public static IReadOnlyList<ObjectTag> Parse(XmlElement set, int max)
    {
        var tags = new List<ObjectTag>();
        foreach (var child in set.Children)
        {
            var (key, value) = (child.Child("Key"), child.Child("Value"));
            if (child.Name != "Tag" || key is null || value is null || child.Children.Count != 2)
            {
                throw new S3Exception(S3Errors.MalformedXML);
            }

            tags.Add(new ObjectTag(key.Text, value.Text));
        }

        Validate(tags, max);
        return tags;
    }

    /// <summary>Whether the tags may be set.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="max"><see cref="MaxOfBucket"/> or <see cref="MaxOfObject"/>.</param>
    /// <exception cref="S3Exception">BadRequest: too many. InvalidTag: one that is not valid, one that AWS reserves, two with one key.</exception>
    public static void Validate(IReadOnlyList<ObjectTag> tags, int max)
    {
        if (tags.Count > max)
        {
            throw new S3Exception(
                S3Errors.BadRequest,
                max == MaxOfBucket
                    ? $"Bucket tag count cannot be greater than {MaxOfBucket}"
                    : $"Object tags cannot be greater than {MaxOfObject}");
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            if (tag.Key.Length == 0 || !IsText(tag.Key, MaxKeyLength))
            {
                throw new S3Exception(S3Errors.InvalidTag, "The TagKey you have provided is invalid", ("TagKey", tag.Key));
            }

            if (!IsText(tag.Value, MaxValueLength))
            {
                throw new S3Exception(
                    S3Errors.InvalidTag, "The TagValue you have provided is invalid", ("TagKey", tag.Key), ("TagValue", tag.Value));
            }

            if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw new S3Exception(S3Errors.InvalidTag, "System tags cannot be added/updated by requester", ("TagKey", tag.Key));
            }

            if (!keys.Add(tag.Key))
            {
                throw new S3Exception(S3Errors.InvalidTag, "Cannot provide multiple Tags with the same key", ("TagKey", tag.Key));
            }
        }
    }

    public static void Write(S3XmlWriter xml, IReadOnlyList<ObjectTag> tags)
    {
        xml.Start("TagSet"u8);
        foreach (var tag in tags)
        {
            xml.Start("Tag"u8);
            xml.Element("Key"u8, tag.Key);
            xml.Element("Value"u8, tag.Value);
            xml.End("Tag"u8);
        }

        xml.End("TagSet"u8);
    }

    /// <summary>Letters, digits and white space of any script, and a few marks; the limit counts characters.</summary>
    private static bool IsText(string text, int max)
    {
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var allowed = Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber
                || (rune.IsAscii && Punctuation.Contains((char)rune.Value, StringComparison.Ordinal));
            if (!allowed || ++count > max)
            {
                return false;
            }
        }

        return true;
    }
}
