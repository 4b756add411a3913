using System.Text.Json.Serialization;

namespace S3Cassandra.Storage.Identities;

/// <summary>The records' form in the catalog.</summary>
[JsonSerializable(typeof(UserRecord))]
[JsonSerializable(typeof(KeyRecord))]
internal sealed partial class IdentityJson : JsonSerializerContext;
