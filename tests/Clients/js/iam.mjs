// The IAM client of the AWS SDK for JavaScript v3: make a user, a key and a policy, use them, revoke them: node iam.mjs
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  AddUserToGroupCommand, AttachGroupPolicyCommand, CreateAccessKeyCommand, CreateGroupCommand, CreatePolicyCommand, CreateUserCommand,
  DeleteAccessKeyCommand, DeleteGroupCommand, DeletePolicyCommand, DeleteUserCommand, DetachGroupPolicyCommand, GetPolicyVersionCommand,
  GetUserCommand, IAMClient, ListEntitiesForPolicyCommand, RemoveUserFromGroupCommand, SimulatePrincipalPolicyCommand,
  UpdateAccessKeyCommand, paginateListUsers,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const Bucket = process.env.S3_BUCKET;
const endpoint = process.env.S3_ENDPOINT;
const options = { endpoint, region: "us-east-1", maxAttempts: 1 };
const iam = new IAMClient(options);
const root = new S3Client({ ...options, forcePathStyle: true });
const name = `js-${randomUUID()}`;

await root.send(new CreateBucketCommand({ Bucket }));
await root.send(new PutObjectCommand({ Bucket, Key: "k", Body: "text" }));
const { User } = await iam.send(new CreateUserCommand({ UserName: name, Path: `/${name}/`, Tags: [{ Key: "team", Value: "red" }] }));
assert.equal(User.Tags[0].Value, "red");
assert.ok(User.CreateDate instanceof Date);
const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
const credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
const s3 = new S3Client({ ...options, forcePathStyle: true, credentials });
const get = () => s3.send(new GetObjectCommand({ Bucket, Key: "k" }));
await assert.rejects(get(), { name: "AccessDenied" });

const PolicyDocument = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` }],
});
const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument, Description: "reads" }));
const shown = await iam.send(new GetPolicyVersionCommand({ PolicyArn: Policy.Arn, VersionId: Policy.DefaultVersionId }));
assert.equal(decodeURIComponent(shown.PolicyVersion.Document), PolicyDocument);
await iam.send(new CreateGroupCommand({ GroupName: name }));
await iam.send(new AttachGroupPolicyCommand({ GroupName: name, PolicyArn: Policy.Arn }));
await iam.send(new AddUserToGroupCommand({ GroupName: name, UserName: name }));
assert.equal(await (await get()).Body.transformToString(), "text");
const entities = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: Policy.Arn }));
assert.equal(entities.PolicyGroups[0].GroupName, name);
const { EvaluationResults } = await iam.send(new SimulatePrincipalPolicyCommand({
  PolicySourceArn: User.Arn, ActionNames: ["s3:GetObject"], ResourceArns: [`arn:aws:s3:::${Bucket}/k`],
}));
assert.equal(EvaluationResults[0].EvalDecision, "allowed");
const users = [];
for await (const page of paginateListUsers({ client: iam, pageSize: 1 }, { PathPrefix: `/${name}/` })) {
  users.push(...page.Users.map((user) => user.UserName));
}
assert.deepEqual(users, [name]);
await assert.rejects(new IAMClient({ ...options, credentials }).send(new GetUserCommand({})), { name: "AccessDenied" });

await iam.send(new UpdateAccessKeyCommand({ UserName: name, AccessKeyId: AccessKey.AccessKeyId, Status: "Inactive" }));
await assert.rejects(get(), { name: "InvalidAccessKeyId" });
await assert.rejects(iam.send(new DeleteUserCommand({ UserName: name })), { name: "DeleteConflictException" });
await iam.send(new DeleteAccessKeyCommand({ UserName: name, AccessKeyId: AccessKey.AccessKeyId }));
await iam.send(new RemoveUserFromGroupCommand({ GroupName: name, UserName: name }));
await iam.send(new DeleteUserCommand({ UserName: name }));
await iam.send(new DetachGroupPolicyCommand({ GroupName: name, PolicyArn: Policy.Arn }));
await iam.send(new DeleteGroupCommand({ GroupName: name }));
await iam.send(new DeletePolicyCommand({ PolicyArn: Policy.Arn }));
await assert.rejects(iam.send(new GetUserCommand({ UserName: name })), { name: "NoSuchEntityException" });
