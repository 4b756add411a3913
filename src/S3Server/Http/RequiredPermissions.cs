using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Http;

/// <summary>
/// The permissions that a request needs, as an operation names them. A refusal of one ends the request with AccessDenied, except those
/// that belong to an item of a batch: these are reported per item (<see cref="IsRefused"/>).
/// </summary>
internal sealed class RequiredPermissions
{
    private readonly List<NeededPermission> _all = [];
    private Dictionary<int, string?>? _refused;

    public IReadOnlyList<NeededPermission> All => _all;

    /// <summary>Whether an item of a batch was refused.</summary>
    public bool HasRefused => _refused is { Count: > 0 };

    /// <summary>Needs an action (such as "s3:PutObject") on a resource (an ARN), and on that version of it.</summary>
    public void Add(string action, string resource, VersionId? version = null) => _all.Add(new NeededPermission(action, resource, -1, version));

    /// <summary>Needs an action on the object that the request makes.</summary>
    public void AddOfNew(string action, string resource) => _all.Add(new NeededPermission(action, resource, -1, null, IsOfNewObject: true));

    /// <summary>Needs an action for one item of a batch.</summary>
    public void AddForItem(int item, string action, string resource, VersionId? version) =>
        _all.Add(new NeededPermission(action, resource, item, version));

    /// <summary>Refuses an item; the first sentence that is said of it stays.</summary>
    public void Refuse(int item, string? sentence) => (_refused ??= []).TryAdd(item, sentence);

    /// <summary>Whether all that was asked for belongs to items, each of which was refused.</summary>
    public bool IsRefusedWhole => HasRefused && _all.TrueForAll(needed => needed.Item >= 0 && IsRefused(needed.Item));

    public bool IsRefused(int item) => _refused?.ContainsKey(item) ?? false;

    /// <summary>Why an item is refused, where its asker hears that.</summary>
    public string? SentenceOf(int item) => _refused?.GetValueOrDefault(item);

    public static string BucketArn(string bucket) => "arn:aws:s3:::" + bucket;

    public static string ObjectArn(string bucket, string key) => string.Concat("arn:aws:s3:::", bucket, "/", key);
}
