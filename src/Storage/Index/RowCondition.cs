namespace S3Cassandra.Storage.Index;

/// <summary>A row must have this <see cref="IndexRow.Ver"/>, or, where null, must not exist.</summary>
public readonly record struct RowCondition(RowAddress Address, Guid? Ver);
