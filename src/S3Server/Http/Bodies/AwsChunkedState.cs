namespace S3Cassandra.S3Server.Http.Bodies;

/// <summary>What an aws-chunked body has to bring next.</summary>
internal enum AwsChunkedState
{
    /// <summary><c>size[;chunk-signature=…]CRLF</c>.</summary>
    ChunkHeader,

    /// <summary>The chunk's bytes.</summary>
    ChunkData,

    /// <summary>The CRLF after them.</summary>
    ChunkEnd,

    /// <summary>A trailer field, or the empty line that ends the body.</summary>
    Trailer,

    /// <summary>The CRLF of a trailer field that was ended by a bare line feed (minio-go).</summary>
    TrailerLineEnd,

    /// <summary>Nothing more.</summary>
    Done,
}
