using Microsoft.AspNetCore.Connections;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.Storage;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>What became of a request that threw: the S3 error that it is, or none where the client is gone.</summary>
internal static class Failures
{
    /// <summary>
    /// The error to answer with; null when nobody waits for an answer. A transfer chunk whose size overflows is the one malformed body that
    /// Kestrel reports by another exception than its own.
    /// </summary>
    public static S3Exception? Translate(Exception failure, bool isAborted) => failure switch
    {
        S3Exception known => known,
        BadHttpRequestException bad => OfRequest(bad),
        IOException { InnerException: OverflowException } => new S3Exception(S3Errors.BadRequest),
        ConnectionResetException or ConnectionAbortedException => null,
        StoreFullException => new S3Exception(S3Errors.InsufficientStorage),
        StoreBusyException => new S3Exception(S3Errors.SlowDown),
        StoreUnavailableException => new S3Exception(S3Errors.SlowDown),
        OperationCanceledException when isAborted => null,
        IOException when isAborted => null,
        _ => new S3Exception(S3Errors.InternalError),
    };

    /// <summary>Whether it is a fault of the server or the store, to be logged with its reason.</summary>
    public static bool IsFault(Exception failure) =>
        failure is not (S3Exception or StoreBusyException or BadHttpRequestException or IOException { InnerException: OverflowException });

    /// <summary>Kestrel's refusals of a body: they have no code of their own, so the status tells them apart.</summary>
    private static S3Exception OfRequest(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => new S3Exception(S3Errors.RequestTimeout),
        StatusCodes.Status413PayloadTooLarge => new S3Exception(S3Errors.EntityTooLarge),
        _ => new S3Exception(S3Errors.IncompleteBody),
    };
}
