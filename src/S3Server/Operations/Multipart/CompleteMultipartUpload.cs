using System.Globalization;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Makes an object of an upload's parts.</summary>
/// <remarks>
/// AWS begins its answer and keeps the connection alive with white space while it works; here Complete lists parts and moves no bytes, so
/// that ten thousand of them take less time than a client waits, and the status can say what became of it.
/// </remarks>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html"/>
internal sealed class CompleteMultipartUpload(UploadCompletion completion) : IS3Operation<CompleteMultipartUploadInput>
{
    private const string ObjectSizeHeader = "x-amz-mp-object-size";

    public async ValueTask<CompleteMultipartUploadInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var request = new CompleteUpload
        {
            ChecksumType = UploadChecksum.ParseType(context),
            Checksum = ParseChecksum(context),
            ObjectSize = ParseSize(context.Header(ObjectSizeHeader)),
            Conditions = ConditionHeaders.OfWrite(context),
            Parts = await CompleteDocument.ReadAsync(context, cancellationToken),
        };
        return new CompleteMultipartUploadInput(UploadParameters.ParseUploadId(context), request);
    }

    public void Require(CompleteMultipartUploadInput input, S3Context context, RequiredPermissions permissions)
    {
        permissions.Add(S3Action.PutObject, UploadParameters.Resource(context));
        if (input.Request.Conditions.IfMatch is not null)
        {
            permissions.Add(S3Action.GetObject, UploadParameters.Resource(context));
        }
    }

    public async ValueTask ExecuteAsync(CompleteMultipartUploadInput input, S3Context context, CancellationToken cancellationToken)
    {
        var outcome = await completion.CompleteAsync(
            context.Bucket.Id, context.Target.Key, input.Upload, input.Request, cancellationToken);
        if (outcome.Status != CompleteStatus.Done || outcome.Object is null)
        {
            throw CompleteErrors.Of(context, input, outcome);
        }

        var response = context.Http.Response;
        ObjectResponseHeaders.WrittenVersion(response, outcome.Object, outcome.Versioned);
        ObjectEncryptor.Describe(response.Headers, outcome.Object.Encryption);
        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, (context, outcome.Object), static (xml, answer) => Write(xml, answer.context, answer.Object), cancellationToken);
    }

    private static void Write(S3XmlWriter xml, S3Context context, ObjectRecord version)
    {
        var target = context.Target;
        xml.StartDocument("CompleteMultipartUploadResult"u8);
        xml.Element("Location"u8, string.Concat(context.Http.Request.Scheme, "://", target.Host, target.RawPath));
        xml.Element("Bucket"u8, target.Bucket);
        xml.ElementUtf8("Key"u8, target.Key.Span);
        xml.Element("ETag"u8, ObjectResponseHeaders.Quoted(version.ETag));
        CopyResult.WriteChecksum(xml, version.Checksum, withType: true);
        xml.End("CompleteMultipartUploadResult"u8);
    }

    private static long? ParseSize(string? header)
    {
        if (header is null)
        {
            return null;
        }

        if (!long.TryParse(header, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size))
        {
            throw new S3Exception(S3Errors.InvalidRequest, $"Value for x-amz-mp-object-size header is invalid: '{header}'");
        }

        return size >= 0
            ? size
            : throw new S3Exception(S3Errors.InvalidRequest, $"Value for x-amz-mp-object-size header is less than zero: '{header}'");
    }

    /// <summary>The object's checksum; a composite one ends in the number of parts.</summary>
    private static Checksum? ParseChecksum(S3Context context)
    {
        Checksum? found = null;
        foreach (var algorithm in ChecksumHeaders.All)
        {
            var name = ChecksumHeaders.HeaderOf(algorithm);
            if (context.Header(name) is not { } header)
            {
                continue;
            }

            if (found is not null)
            {
                throw new S3Exception(
                    S3Errors.InvalidRequest, "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
            }

            found = Parse(algorithm, header) ?? throw new S3Exception(S3Errors.InvalidRequest, $"Value for {name} header is invalid.");
        }

        return found;
    }

    private static Checksum? Parse(ChecksumAlgorithm algorithm, string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var parts = 0;
        if (dash >= 0 && !int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out parts))
        {
            return null;
        }

        var value = new byte[ChecksumHeaders.LengthOf(algorithm)];
        return Convert.TryFromBase64String(dash < 0 ? text : text[..dash], value, out var length) && length == value.Length
            ? new Checksum(algorithm, dash < 0 ? ChecksumType.FullObject : ChecksumType.Composite, value, parts)
            : null;
    }
}
