// The AWS SDK for JavaScript v3, its defaults untouched but for the endpoint: node scenarios.mjs SCENARIO
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  CopyObjectCommand, CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand,
  GetObjectAttributesCommand, HeadObjectCommand, ListObjectVersionsCommand, ListObjectsV2Command, PutBucketVersioningCommand,
  PutObjectCommand, S3Client, paginateListObjectsV2, waitUntilObjectExists,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const Bucket = process.env.S3_BUCKET;
const s3 = new S3Client({ endpoint: process.env.S3_ENDPOINT, forcePathStyle: true });
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A stream of unknown length, in uneven pieces: the SDK makes a chunk of each, and S3 takes less than 8 KiB only as the last. */
function streamOf(bytes) {
  return Readable.from((function* () {
    for (let at = 0, size = 8192; at < bytes.length; at += size, size = 8192 + ((size * 7) % 57331)) {
      yield bytes.subarray(at, at + size);
    }
  })());
}

async function read(Key, more = {}) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Buffer.from(await Body.transformToByteArray());
}

const scenarios = {
  async objects() {
    const bytes = randomBytes(100_000);
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: "a/ü key", Body: bytes, Metadata: { shape: "round" }, Tagging: "a=b" }));
    assert.ok(put.ChecksumCRC32, "the SDK's default checksum comes back");
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a/ü key" }));
    assert.equal(head.ContentLength, bytes.length);
    assert.equal(head.Metadata.shape, "round");
    assert.equal(sha256(await read("a/ü key")), sha256(bytes));
    assert.equal(sha256(await read("a/ü key", { Range: "bytes=5000-5999" })), sha256(bytes.subarray(5000, 6000)));
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: encodeURI(`${Bucket}/a/ü key`) }));
    assert.equal(sha256(await read("copy")), sha256(bytes));
    await waitUntilObjectExists({ client: s3, maxWaitTime: 30 }, { Bucket, Key: "copy" });
    await assert.rejects(read("absent"), { name: "NoSuchKey" });
    await assert.rejects(s3.send(new PutObjectCommand({ Bucket, Key: "copy", Body: "x", IfNoneMatch: "*" })), { name: "PreconditionFailed" });
  },

  async streamedPut() {
    const bytes = randomBytes(3_000_001);
    // Of a known length: the SDK sends aws-chunked with a trailing checksum, chunked transfer around it.
    await s3.send(new PutObjectCommand({ Bucket, Key: "streamed", Body: streamOf(bytes), ContentLength: bytes.length }));
    assert.equal(sha256(await read("streamed")), sha256(bytes));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "streamed", ChecksumMode: "ENABLED" }));
    assert.equal(head.ContentLength, bytes.length);
    assert.ok(head.ChecksumCRC32);
    assert.ok(!head.ContentEncoding, `aws-chunked is not stored: ${head.ContentEncoding}`);
    await s3.send(new PutObjectCommand({ Bucket, Key: "encoded", Body: streamOf(bytes), ContentLength: bytes.length, ContentEncoding: "x-test" }));
    assert.equal((await s3.send(new HeadObjectCommand({ Bucket, Key: "encoded" }))).ContentEncoding, "x-test");
    await s3.send(new PutObjectCommand({ Bucket, Key: "empty", Body: streamOf(Buffer.alloc(0)), ContentLength: 0 }));
    assert.equal((await read("empty")).length, 0);
  },

  async upload() {
    for (const size of [1000, 12_345_678]) {
      const bytes = randomBytes(size);
      const done = await new Upload({ client: s3, params: { Bucket, Key: `upload-${size}`, Body: streamOf(bytes) }, queueSize: 4 }).done();
      assert.equal(sha256(await read(`upload-${size}`)), sha256(bytes));
      assert.equal(done.ETag.includes("-"), size > 5 * 1024 * 1024);
    }
    const attributes = await s3.send(new GetObjectAttributesCommand({ Bucket, Key: "upload-12345678", ObjectAttributes: ["ObjectParts", "ObjectSize"] }));
    assert.equal(attributes.ObjectSize, 12_345_678);
    assert.equal(attributes.ObjectParts.TotalPartsCount, 3);
  },

  async presigned() {
    const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "a presigned/ü" }), { expiresIn: 60 });
    const stored = await fetch(put, { method: "PUT", body: "through a URL" });
    assert.equal(stored.status, 200, await stored.text());
    const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "a presigned/ü", ResponseContentType: "text/x-other" }));
    const got = await fetch(get);
    assert.equal(await got.text(), "through a URL");
    assert.equal(got.headers.get("content-type"), "text/x-other");
    assert.equal((await fetch(get.replace("a%20presigned", "another"))).status, 403);
    const withBody = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "typed", ContentType: "text/x-typed" }), {
      signableHeaders: new Set(["content-type"]),
    });
    assert.equal((await fetch(withBody, { method: "PUT", body: "typed", headers: { "content-type": "text/x-typed" } })).status, 200);
    assert.equal((await fetch(withBody, { method: "PUT", body: "typed", headers: { "content-type": "text/x-forged" } })).status, 403);
    const remove = await getSignedUrl(s3, new DeleteObjectCommand({ Bucket, Key: "typed" }));
    assert.equal((await fetch(remove, { method: "DELETE" })).status, 204);
  },

  async presignedPost() {
    const { url, fields } = await createPresignedPost(s3, {
      Bucket, Key: "up/${filename}", Expires: 60,
      Conditions: [["content-length-range", 0, 1_000_000], ["starts-with", "$Content-Type", "image/"]],
    });
    const post = (bytes, type) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...fields, "Content-Type": type })) {
        form.append(name, value);
      }
      form.append("file", new Blob([bytes]), "ü.png");
      return fetch(url, { method: "POST", body: form });
    };
    const bytes = randomBytes(1_000_000);
    const stored = await post(bytes, "image/png");
    assert.equal(stored.status, 204, await stored.text());
    assert.equal(sha256(await read("up/ü.png")), sha256(bytes));
    assert.equal((await s3.send(new HeadObjectCommand({ Bucket, Key: "up/ü.png" }))).ContentType, "image/png");
    const refused = await post(bytes, "text/html");
    assert.equal(refused.status, 403);
    assert.match(await refused.text(), /Policy Condition failed/);
    assert.match(await (await post(randomBytes(1_000_001), "image/png")).text(), /EntityTooLarge/);
  },

  async deleteObjects() {
    const keys = Array.from({ length: 25 }, (_, n) => `k ${n}/<&>"'ü`);
    await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))));
    const listed = [];
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 7 }, { Bucket })) {
      listed.push(...page.Contents.map((entry) => entry.Key));
    }
    assert.deepEqual(listed, [...keys].sort());
    const deleted = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
    assert.equal(deleted.Deleted.length, keys.length);
    assert.equal(deleted.Errors, undefined);
    assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
    await s3.send(new DeleteBucketCommand({ Bucket }));
  },

  async versions() {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    const one = await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "one" }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "two" }));
    const gone = await s3.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
    assert.equal(gone.DeleteMarker, true);
    assert.equal((await read("k", { VersionId: one.VersionId })).toString(), "one");
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    assert.equal(Versions.length, 2);
    assert.equal(DeleteMarkers[0].IsLatest, true);
  },
};

await s3.send(new CreateBucketCommand({ Bucket }));
await scenarios[process.argv[2]]();
