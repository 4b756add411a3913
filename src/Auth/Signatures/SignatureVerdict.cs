using System.Diagnostics.CodeAnalysis;
using S3Cassandra.Auth.Failures;

namespace S3Cassandra.Auth.Signatures;

/// <summary>The verdict on a claim: <see cref="Failure"/>, or the payload mode with what is needed to check a chunked body.</summary>
public readonly record struct SignatureVerdict
{
    private SignatureVerdict(AuthFailure? failure, SignedPayload payload, ChunkSignatures? chunks)
    {
        Failure = failure;
        Payload = payload;
        Chunks = chunks;
    }

    /// <summary>Why the request is refused; null when the signature holds.</summary>
    public AuthFailure? Failure { get; }

    /// <summary>Whether the signature holds.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsValid => Failure is null;

    /// <summary>How the body is to be read.</summary>
    public SignedPayload Payload { get; }

    /// <summary>The chain of chunk signatures, in the two signed streaming modes.</summary>
    public ChunkSignatures? Chunks { get; }

    internal static SignatureVerdict Valid(SignedPayload payload, ChunkSignatures? chunks = null) => new(null, payload, chunks);

    internal static SignatureVerdict Refused(AuthFailure failure) => new(failure, default, null);
}
