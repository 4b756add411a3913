using System.Collections.Immutable;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Embedded.Tests.CrashPoints;

/// <summary>An upload that a client has begun.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parts">The parts that were acknowledged, as a Complete names them.</param>
/// <param name="Bytes">What they add up to.</param>
/// <param name="MayBeAborted">Whether an Abort was sent, and not answered.</param>
internal sealed record PromisedUpload(string Key, UploadId Id, ImmutableList<CompletedPart> Parts, ImmutableArray<byte> Bytes, bool MayBeAborted);
