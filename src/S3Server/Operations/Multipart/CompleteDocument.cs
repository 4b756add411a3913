using System.Globalization;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>The request document of a CompleteMultipartUpload.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompletedMultipartUpload.html"/>
internal static class CompleteDocument
{
    private const int MaxParts = MultipartUploads.MaxPartNumber;

    /// <summary>Ten thousand parts of 400 bytes: number, ETag, one checksum, white space.</summary>
    private const int MaxBytes = MaxParts * 400;

    /// <summary>Part, PartNumber, ETag and every checksum there is.</summary>
    private const int ElementsPerPart = 3 + 10;

    private static readonly (string Name, ChecksumAlgorithm Algorithm)[] Checksums =
        [.. ChecksumHeaders.All.Select(algorithm => ("Checksum" + ChecksumHeaders.NameOf(algorithm), algorithm))];

    /// <exception cref="S3Exception">MalformedXML, InvalidArgument, InvalidRequest.</exception>
    public static async ValueTask<IReadOnlyList<CompletedPart>> ReadAsync(S3Context context, CancellationToken cancellationToken)
    {
        var bytes = await context.Body.ReadAllAsync(MaxBytes, cancellationToken);
        var document = S3XmlReader.Parse(bytes, "CompleteMultipartUpload", ((MaxParts + 1) * ElementsPerPart) + 1);
        var parts = document.ChildrenNamed("Part").Select(Part).ToList();
        return parts.Count is > 0 and <= MaxParts ? parts : throw new S3Exception(S3Errors.MalformedXML);
    }

    private static CompletedPart Part(XmlElement element)
    {
        if (element.Child("PartNumber")?.Text is not { Length: > 0 } text || element.Child("ETag")?.Text is not { } etag)
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        if (!int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        if (number is < 1 or > MaxParts)
        {
            throw UploadParameters.Invalid("PartNumber", text, "PartNumber must be >= 1");
        }

        return new CompletedPart(number, EntityTag.Unquote(etag), ReadChecksums(element));
    }

    private static List<Checksum> ReadChecksums(XmlElement element)
    {
        var found = new List<Checksum>();
        foreach (var (name, algorithm) in Checksums)
        {
            if (element.Child(name)?.Text is not { Length: > 0 } text)
            {
                continue;
            }

            var value = new byte[ChecksumHeaders.LengthOf(algorithm)];
            if (!Convert.TryFromBase64String(text, value, out var length) || length != value.Length)
            {
                throw Invalid();
            }

            found.Add(new Checksum(algorithm, ChecksumType.FullObject, value));
        }

        return found.Count < 2 ? found : throw Invalid();
    }

    private static S3Exception Invalid() => new(S3Errors.InvalidArgument, "Invalid Base64 or multiple checksums present in request");
}
