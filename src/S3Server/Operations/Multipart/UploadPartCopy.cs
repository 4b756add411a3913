using System.Globalization;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Makes a part of another object's bytes.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html"/>
internal sealed class UploadPartCopy(MultipartUploads uploads, CopySourceReader sources, ObjectEncryptor encryptor)
    : IS3Operation<UploadPartCopyInput>
{
    private const string RangeHeader = "x-amz-copy-source-range";
    private const string RangeUnit = "bytes=";

    public ValueTask<UploadPartCopyInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new UploadPartCopyInput
        {
            Source = CopySource.Parse(context),
            Number = UploadParameters.ParsePartNumber(context),
            Upload = UploadParameters.ParseUploadId(context),
            Customer = encryptor.ParseCustomerKey(context),
            SourceConditions = ConditionHeaders.OfCopySource(context),
            SourceKey = encryptor.ParseCopySourceKey(context),
            Range = ParseRange(context.Header(RangeHeader)),
        });

    public void Require(UploadPartCopyInput input, S3Context context, RequiredPermissions permissions)
    {
        permissions.Add(input.Source.Version is null ? S3Action.GetObject : S3Action.GetObjectVersion, input.Source.ToArn(), input.Source.Version);
        permissions.Add(S3Action.PutObject, UploadParameters.Resource(context));
    }

    public async ValueTask ExecuteAsync(UploadPartCopyInput input, S3Context context, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(context.Bucket.Id, context.Target.Key, input.Upload, cancellationToken)
            ?? throw UploadParameters.NoSuchUpload(context);
        var key = encryptor.OpenUploadKey(upload.Record.Encryption, input.Customer);
        var (found, outcome) = await sources.ReadAsync(
            () => sources.FindAsync(input.Source, input.SourceConditions, input.SourceKey, context, cancellationToken),
            record => RangeOf(input, record),
            async (_, open, range) =>
            {
                await using var body = open.AsBody(range.Count, upload.Record.ChecksumAlgorithm);
                return await uploads.PutPartAsync(upload, input.Number, body, key, cancellationToken);
            },
            cancellationToken);
        UploadOutcomes.Require(context, outcome.Status);
        var headers = context.Http.Response.Headers;
        ObjectEncryptor.Describe(headers, upload.Record.Encryption);
        if (found.Versioned)
        {
            headers["x-amz-copy-source-version-id"] = found.Object.VersionId.ToString();
        }

        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, (Part: outcome.Part!, upload.Record), static (xml, answer) => Write(xml, answer.Part, answer.Record), cancellationToken);
    }

    private static void Write(S3XmlWriter xml, PartRecord part, UploadRecord upload)
    {
        xml.StartDocument("CopyPartResult"u8);
        xml.Element("LastModified"u8, part.LastModified);
        xml.Element("ETag"u8, ObjectResponseHeaders.Quoted(part.ETag));
        if (upload.ChecksumAlgorithm is not null)
        {
            CopyResult.WriteChecksum(xml, part.Checksum, withType: false);
        }

        xml.End("CopyPartResult"u8);
    }

    /// <summary>Strictly "bytes=first-last": unlike a Range header, which is ignored when it is odd, this one decides what is stored.</summary>
    private static (long First, long Last)? ParseRange(string? header)
    {
        if (header is null)
        {
            return null;
        }

        var range = header.AsSpan();
        var dash = header.IndexOf('-', StringComparison.Ordinal);
        return range.StartsWith(RangeUnit, StringComparison.Ordinal)
            && dash > 0
            && TryNumber(range[RangeUnit.Length..dash], out var first)
            && TryNumber(range[(dash + 1)..], out var last)
            && first <= last
            ? (first, last)
            : throw UploadParameters.Invalid(
                RangeHeader,
                header,
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy");
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static ByteRange RangeOf(UploadPartCopyInput input, ObjectRecord source)
    {
        if (input.Range is not var (first, last))
        {
            return source.Size <= BodyStorer.MaxLength ? new ByteRange(0, source.Size) : throw CopySourceReader.TooLarge();
        }

        if (last >= source.Size)
        {
            throw new S3Exception(
                S3Errors.InvalidArgument,
                string.Create(CultureInfo.InvariantCulture, $"Range specified is not valid for source object of size: {source.Size}"),
                ("ArgumentName", RangeHeader),
                ("ArgumentValue", string.Create(CultureInfo.InvariantCulture, $"bytes={first}-{last}")));
        }

        var count = last - first + 1;
        return count <= BodyStorer.MaxLength ? new ByteRange(first, count) : throw CopySourceReader.TooLarge();
    }
}
