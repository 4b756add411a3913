using System.Collections.Immutable;

namespace S3Cassandra.Storage.Embedded.Tests.CrashPoints;

/// <summary>What clients may hold the store to at one moment.</summary>
/// <param name="Objects">What each key may read as, null for no object: one thing once acknowledged, two while a request is under way.</param>
/// <param name="Uploads">The uploads that stand, by key; of one that a Complete is under way for the key may read as its object.</param>
internal sealed record Promises(
    ImmutableDictionary<string, ImmutableArray<byte[]?>> Objects, ImmutableDictionary<string, PromisedUpload> Uploads)
{
    public static Promises None { get; } = new(
        ImmutableDictionary<string, ImmutableArray<byte[]?>>.Empty, ImmutableDictionary<string, PromisedUpload>.Empty);

    /// <summary>A request is on its way that makes the key read so.</summary>
    public Promises Begin(string key, byte[]? bytes) =>
        this with { Objects = Objects.SetItem(key, Objects.GetValueOrDefault(key, [null]).Add(bytes)) };

    /// <summary>The key was acknowledged to read so.</summary>
    public Promises Acknowledge(string key, byte[]? bytes) => this with { Objects = Objects.SetItem(key, [bytes]) };
}
