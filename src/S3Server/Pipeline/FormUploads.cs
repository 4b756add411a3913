using System.Text;
using Microsoft.Net.Http.Headers;
using S3Cassandra.Auth.Forms;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Http.Bodies;
using S3Cassandra.S3Server.Http.Forms;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The way of an upload form to what an upload by PUT is: its fields are read and its credential verified, its policy decides what it may
/// hold, and then its fields stand for headers. From there on everything is as for PutObject; no byte of the file was read yet.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html"/>
internal sealed class FormUploads(Authenticator authenticator, TimeProvider time)
{
    private const string Key = "key";

    /// <summary>Reads the fields and decides who sends them. In the request's own headers and query there is no credential for a form.</summary>
    /// <exception cref="S3Exception">It is no form, or its credential does not hold.</exception>
    public async ValueTask OpenAsync(S3Context context, SignatureVerdict? verdict, SignedPayload payload, CancellationToken cancellationToken)
    {
        if (verdict is not null || payload.IsStreaming || payload.Sha256 is not null)
        {
            throw new S3Exception(S3Errors.InvalidRequest, "The credential of an upload form stands in its fields, and covers its policy.");
        }

        var request = context.Http.Request;
        var boundary = FormContentType.BoundaryOf(context.Header(HeaderNames.ContentType));
        RequestBodyFactory.CheckLength((request.ContentLength ?? throw new S3Exception(S3Errors.MissingContentLength)) - FormReader.MaxBytes);
        FormHeaders.RefuseOthers(request.Headers);
        var form = await FormReader.ReadAsync(request.BodyReader, boundary, cancellationToken);
        if (!form.Fields.Has(Key))
        {
            throw Authenticator.Refuse(PostPolicyFailures.MissingField(Key));
        }

        await authenticator.AuthenticateFormAsync(context, form.Fields, cancellationToken);
        context.Form = form;
    }

    /// <summary>Has the policy decide, and makes of the form what an upload by PUT is. Without a credential there is no policy to keep to.</summary>
    /// <exception cref="S3Exception">The policy does not allow it, or the key is none.</exception>
    public void Admit(S3Context context)
    {
        var form = context.Form!;
        if (!context.Identity.IsAnonymous)
        {
            form.Length = Check(form.Fields, context.Target.Bucket);
        }

        context.NameObject(KeyOf(form.Fields.Get(Key)!));
        FormHeaders.Apply(context.Http.Request.Headers, form.Fields);
    }

    private FileLengthRange Check(FormFields fields, string bucket)
    {
        if (PostPolicy.Read(fields.Get("policy")!, out var policy) is { } malformed)
        {
            throw Authenticator.Refuse(malformed);
        }

        return policy!.Check(fields, bucket, time.GetUtcNow(), out var length) is { } refusal ? throw Authenticator.Refuse(refusal) : length;
    }

    private static ObjectKey KeyOf(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length > ObjectKey.MaxBytes)
        {
            throw new S3Exception(S3Errors.KeyTooLongError, null, ("Size", utf8.Length.ToString(null, null)), ("MaxSizeAllowed", "1024"));
        }

        return ObjectKey.TryCreate(utf8, out var key) ? key : throw new S3Exception(
            S3Errors.InvalidArgument, "User key must have a length greater than 0.", ("ArgumentName", Key), ("ArgumentValue", ""));
    }
}
