using System.Text.Json.Serialization;
using S3Cassandra.Storage.Garbage;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>How <see cref="FsckPosition"/> is kept in a file.</summary>
[JsonSerializable(typeof(FsckPosition))]
internal sealed partial class FsckPositionJson : JsonSerializerContext;
