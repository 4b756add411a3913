using System.Collections.Frozen;
using System.Reflection;

namespace S3Cassandra.S3Server.Errors;

/// <summary>S3's errors, one row each: code, status and message as AWS answers them.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"/>
internal static class S3Errors
{
    public static readonly S3Error AccessControlListNotSupported = new(
        "AccessControlListNotSupported",
        400,
        "The bucket does not allow ACLs.");
    public static readonly S3Error AccessDenied = new("AccessDenied", 403, "Access Denied.");
    public static readonly S3Error AccessForbidden = new(
        "AccessForbidden",
        403,
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
        + "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.");
    public static readonly S3Error AccountProblem = new(
        "AccountProblem",
        403,
        "There is a problem with your account that prevents the operation from completing successfully.");
    public static readonly S3Error AllAccessDisabled = new("AllAccessDisabled", 403, "All access to this resource has been disabled.");
    public static readonly S3Error AmbiguousGrantByEmailAddress = new(
        "AmbiguousGrantByEmailAddress",
        400,
        "The email address you provided is associated with more than one account.");
    public static readonly S3Error AuthorizationHeaderMalformed = new(
        "AuthorizationHeaderMalformed",
        400,
        "The authorization header you provided is invalid.");
    public static readonly S3Error AuthorizationQueryParametersError = new(
        "AuthorizationQueryParametersError",
        400,
        "The authorization query parameters that you provided are not valid.");
    public static readonly S3Error BadDigest = new("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
    public static readonly S3Error BadRequest = new("BadRequest", 400, "An error occurred when parsing the HTTP request.");
    public static readonly S3Error BucketAlreadyExists = new(
        "BucketAlreadyExists",
        409,
        "The requested bucket name is not available. The bucket namespace is shared by all users of the "
        + "system. Please select a different name and try again.");
    public static readonly S3Error BucketAlreadyOwnedByYou = new(
        "BucketAlreadyOwnedByYou",
        409,
        "Your previous request to create the named bucket succeeded and you already own it.");
    public static readonly S3Error BucketNotEmpty = new("BucketNotEmpty", 409, "The bucket you tried to delete is not empty.");
    public static readonly S3Error ConditionalRequestConflict = new(
        "ConditionalRequestConflict",
        409,
        "The conditional request cannot succeed due to a conflicting operation against this resource.");
    public static readonly S3Error CredentialsNotSupported = new(
        "CredentialsNotSupported",
        400,
        "This request does not support credentials.");
    public static readonly S3Error CrossLocationLoggingProhibited = new(
        "CrossLocationLoggingProhibited",
        403,
        "Cross-location logging not allowed.");
    public static readonly S3Error EntityTooLarge = new(
        "EntityTooLarge",
        400,
        "Your proposed upload exceeds the maximum allowed object size.");
    public static readonly S3Error EntityTooSmall = new(
        "EntityTooSmall",
        400,
        "Your proposed upload is smaller than the minimum allowed size");
    public static readonly S3Error ExpiredToken = new("ExpiredToken", 400, "The provided token has expired.");
    public static readonly S3Error IllegalLocationConstraintException = new(
        "IllegalLocationConstraintException",
        400,
        "The specified location constraint is incompatible for the region specific endpoint this request was sent to.");
    public static readonly S3Error IllegalVersioningConfigurationException = new(
        "IllegalVersioningConfigurationException",
        400,
        "The versioning configuration specified in the request is invalid.");
    public static readonly S3Error IncompleteBody = new(
        "IncompleteBody",
        400,
        "You did not provide the number of bytes specified by the Content-Length HTTP header");
    public static readonly S3Error IncorrectNumberOfFilesInPostRequest = new(
        "IncorrectNumberOfFilesInPostRequest",
        400,
        "POST requires exactly one file upload per request.");
    public static readonly S3Error InlineDataTooLarge = new("InlineDataTooLarge", 400, "Inline data exceeds the maximum allowed size.");
    public static readonly S3Error InsufficientStorage = new(
        "InsufficientStorage",
        507,
        "There is not enough storage space to complete the request.");
    public static readonly S3Error InternalError = new("InternalError", 500, "We encountered an internal error. Please try again.");
    public static readonly S3Error InvalidAccessKeyId = new(
        "InvalidAccessKeyId",
        403,
        "The AWS Access Key Id you provided does not exist in our records.");
    public static readonly S3Error InvalidArgument = new("InvalidArgument", 400, "Invalid Argument");
    public static readonly S3Error InvalidBucketAclWithObjectOwnership = new(
        "InvalidBucketAclWithObjectOwnership",
        400,
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
    public static readonly S3Error InvalidBucketName = new("InvalidBucketName", 400, "The specified bucket is not valid.");
    public static readonly S3Error InvalidBucketOwnerAWSAccountID =
        new("InvalidBucketOwnerAWSAccountID", 400, "The value of the expected bucket owner parameter must be an AWS Account ID.");
    public static readonly S3Error InvalidBucketState = new(
        "InvalidBucketState",
        409,
        "The request is not valid with the current state of the bucket.");
    public static readonly S3Error InvalidChunkSizeError = new(
        "InvalidChunkSizeError",
        403,
        "Only the last chunk is allowed to have a size less than 8192 bytes");
    public static readonly S3Error InvalidDigest = new("InvalidDigest", 400, "The Content-Md5 you specified is not valid.");
    public static readonly S3Error InvalidEncryptionAlgorithmError = new(
        "InvalidEncryptionAlgorithmError",
        400,
        "The encryption request you specified is not valid.");
    public static readonly S3Error InvalidHostHeader = new(
        "InvalidHostHeader",
        400,
        "The host headers provided in the request used the incorrect style addressing.");
    public static readonly S3Error InvalidHttpMethod = new("InvalidHttpMethod", 400, "The request is using an unexpected HTTP method.");
    public static readonly S3Error InvalidLocationConstraint = new(
        "InvalidLocationConstraint",
        400,
        "The specified location-constraint is not valid");
    public static readonly S3Error InvalidObjectState = new(
        "InvalidObjectState",
        403,
        "The operation is not valid for the object's storage class");
    public static readonly S3Error InvalidPart = new(
        "InvalidPart",
        400,
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the "
        + "specified entity tag may not match the part's entity tag.");
    public static readonly S3Error InvalidPartNumber = new("InvalidPartNumber", 416, "The requested partnumber is not satisfiable.");
    public static readonly S3Error InvalidPartOrder = new(
        "InvalidPartOrder",
        400,
        "The list of parts was not in ascending order. Parts must be ordered by part number.");
    public static readonly S3Error InvalidPayer = new("InvalidPayer", 403, "All access to this object has been disabled.");
    public static readonly S3Error InvalidPolicyDocument = new(
        "InvalidPolicyDocument",
        400,
        "The content of the form does not meet the conditions specified in the policy document.");
    public static readonly S3Error InvalidRange = new("InvalidRange", 416, "The requested range is not satisfiable");
    public static readonly S3Error InvalidRedirectLocation = new(
        "InvalidRedirectLocation",
        400,
        "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
    public static readonly S3Error InvalidRegion = new("InvalidRegion", 403, "The region is not valid.");
    public static readonly S3Error InvalidRequest = new("InvalidRequest", 400, "Invalid Request");
    public static readonly S3Error InvalidSecurity = new("InvalidSecurity", 403, "The provided security credentials are not valid.");
    public static readonly S3Error InvalidSignature = new(
        "InvalidSignature",
        400,
        "The request signature that the server calculated does not match the signature that you provided.");
    public static readonly S3Error InvalidStorageClass = new("InvalidStorageClass", 400, "The storage class you specified is not valid");
    public static readonly S3Error InvalidTag = new(
        "InvalidTag",
        400,
        "The tag provided was not a valid tag. This error can occur if the tag did not pass input validation.");
    public static readonly S3Error InvalidTargetBucketForLogging = new(
        "InvalidTargetBucketForLogging",
        400,
        "The target bucket for logging does not exist, is not owned by you, or does not have the appropriate "
        + "grants for the log-delivery group.");
    public static readonly S3Error InvalidToken = new("InvalidToken", 400, "The provided token is malformed or otherwise invalid.");
    public static readonly S3Error InvalidURI = new("InvalidURI", 400, "The specified URI couldn't be parsed.");
    public static readonly S3Error KeyTooLongError = new("KeyTooLongError", 400, "Your key is too long.");
    public static readonly S3Error MalformedACLError = new(
        "MalformedACLError",
        400,
        "The XML you provided was not well-formed or did not validate against our published schema.");
    public static readonly S3Error MalformedPOSTRequest = new(
        "MalformedPOSTRequest",
        400,
        "The body of your POST request is not well-formed multipart/form-data.");
    public static readonly S3Error MalformedPolicy = new("MalformedPolicy", 400, "This policy contains invalid Json");
    public static readonly S3Error MalformedTrailerError = new(
        "MalformedTrailerError",
        400,
        "The request contained trailing data that was not well-formed or did not conform to our published schema.");
    public static readonly S3Error MalformedXML = new(
        "MalformedXML",
        400,
        "The XML you provided was not well-formed or did not validate against our published schema.");
    public static readonly S3Error MaxMessageLengthExceeded = new("MaxMessageLengthExceeded", 400, "Your request was too big.");
    public static readonly S3Error MaxPostPreDataLengthExceededError = new(
        "MaxPostPreDataLengthExceededError",
        400,
        "Your POST request fields preceding the upload file were too large.");
    public static readonly S3Error MetadataConfigurationNotFound = new(
        "MetadataConfigurationNotFound",
        404,
        "The metadata configuration was not found");
    public static readonly S3Error MetadataTooLarge = new(
        "MetadataTooLarge",
        400,
        "Your metadata headers exceed the maximum allowed metadata size");
    public static readonly S3Error MethodNotAllowed = new(
        "MethodNotAllowed",
        405,
        "The specified method is not allowed against this resource.");
    public static readonly S3Error MissingAttachment = new("MissingAttachment", 400, "A SOAP attachment was expected, but none was found.");
    public static readonly S3Error MissingAuthenticationToken = new("MissingAuthenticationToken", 403, "The request was not signed.");
    public static readonly S3Error MissingContentLength = new(
        "MissingContentLength",
        411,
        "You must provide the Content-Length HTTP header.");
    public static readonly S3Error MissingRequestBodyError = new("MissingRequestBodyError", 400, "Request Body is empty");
    public static readonly S3Error MissingSecurityHeader = new("MissingSecurityHeader", 400, "Your request was missing a required header.");
    public static readonly S3Error NoSuchAccessPoint = new("NoSuchAccessPoint", 404, "The specified access point does not exist.");
    public static readonly S3Error NoSuchBucket = new("NoSuchBucket", 404, "The specified bucket does not exist.");
    public static readonly S3Error NoSuchBucketPolicy = new("NoSuchBucketPolicy", 404, "The bucket policy does not exist.");
    public static readonly S3Error NoSuchConfiguration = new("NoSuchConfiguration", 404, "The specified configuration does not exist.");
    public static readonly S3Error NoSuchCORSConfiguration = new("NoSuchCORSConfiguration", 404, "The CORS configuration does not exist");
    public static readonly S3Error NoSuchKey = new("NoSuchKey", 404, "The specified key does not exist.");
    public static readonly S3Error NoSuchLifecycleConfiguration = new(
        "NoSuchLifecycleConfiguration",
        404,
        "The lifecycle configuration does not exist");
    public static readonly S3Error NoSuchObjectLockConfiguration = new(
        "NoSuchObjectLockConfiguration",
        404,
        "The specified object does not have a ObjectLock configuration.");
    public static readonly S3Error NoSuchPublicAccessBlockConfiguration = new(
        "NoSuchPublicAccessBlockConfiguration",
        404,
        "The public access block configuration was not found");
    public static readonly S3Error NoSuchTagSet = new("NoSuchTagSet", 404, "The TagSet does not exist.");
    public static readonly S3Error NoSuchUpload = new(
        "NoSuchUpload",
        404,
        "The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have "
        + "been aborted or completed.");
    public static readonly S3Error NoSuchVersion = new("NoSuchVersion", 404, "The specified version does not exist.");
    public static readonly S3Error NoSuchWebsiteConfiguration = new(
        "NoSuchWebsiteConfiguration",
        404,
        "The specified bucket does not have a website configuration");
    public static readonly S3Error NotImplemented = new(
        "NotImplemented",
        501,
        "A header you provided implies functionality that is not implemented.");
    public static readonly S3Error NotModified = new("NotModified", 304, "Not Modified");
    public static readonly S3Error NotSignedUp = new("NotSignedUp", 403, "Your account is not signed up for the Amazon S3 service.");
    public static readonly S3Error ObjectLockConfigurationNotFoundError = new(
        "ObjectLockConfigurationNotFoundError",
        404,
        "Object Lock configuration does not exist for this bucket.");
    public static readonly S3Error OperationAborted = new(
        "OperationAborted",
        409,
        "A conflicting conditional operation is currently in progress against this resource. Please try again.");
    public static readonly S3Error OwnershipControlsNotFoundError = new(
        "OwnershipControlsNotFoundError",
        404,
        "The bucket ownership controls were not found.");
    public static readonly S3Error PermanentRedirect = new(
        "PermanentRedirect",
        301,
        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send "
        + "all future requests to this endpoint.");
    public static readonly S3Error PreconditionFailed = new(
        "PreconditionFailed",
        412,
        "At least one of the pre-conditions you specified did not hold.");
    public static readonly S3Error Redirect = new("Redirect", 307, "Temporary redirect.");
    public static readonly S3Error ReplicationConfigurationNotFoundError = new(
        "ReplicationConfigurationNotFoundError",
        404,
        "The replication configuration was not found");
    public static readonly S3Error RequestHeaderSectionTooLarge = new(
        "RequestHeaderSectionTooLarge",
        400,
        "Your request header section exceeds the maximum allowed request header section size.");
    public static readonly S3Error RequestIsNotMultiPartContent = new(
        "RequestIsNotMultiPartContent",
        400,
        "Bucket POST must be of the enclosure-type multipart/form-data.");
    public static readonly S3Error RequestTimeTooSkewed = new(
        "RequestTimeTooSkewed",
        403,
        "The difference between the request time and the current time is too large.");
    public static readonly S3Error RequestTimeout = new(
        "RequestTimeout",
        400,
        "Your socket connection to the server was not read from or written to within the timeout period.");
    public static readonly S3Error RequestTorrentOfBucketError = new(
        "RequestTorrentOfBucketError",
        400,
        "Requesting the torrent file of a bucket is not permitted.");
    public static readonly S3Error RestoreAlreadyInProgress = new(
        "RestoreAlreadyInProgress",
        409,
        "Object restore is already in progress.");
    public static readonly S3Error ServerSideEncryptionConfigurationNotFoundError = new(
        "ServerSideEncryptionConfigurationNotFoundError",
        404,
        "The server side encryption configuration was not found");
    public static readonly S3Error ServiceUnavailable = new("ServiceUnavailable", 503, "Service is unable to handle request.");
    public static readonly S3Error SignatureDoesNotMatch = new(
        "SignatureDoesNotMatch",
        403,
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
    public static readonly S3Error SlowDown = new("SlowDown", 503, "Please reduce your request rate.");
    public static readonly S3Error TemporaryRedirect = new(
        "TemporaryRedirect",
        307,
        "You are being redirected to the bucket while the DNS server is being updated.");
    public static readonly S3Error TokenRefreshRequired = new("TokenRefreshRequired", 400, "The provided token must be refreshed.");
    public static readonly S3Error TooManyBuckets = new("TooManyBuckets", 400, "You have attempted to create more buckets than allowed");
    public static readonly S3Error TooManyParts = new("TooManyParts", 400, "You have attempted to upload more parts than allowed");
    public static readonly S3Error UnauthorizedAccess = new("UnauthorizedAccess", 403, "You are not authorized to perform this operation.");
    public static readonly S3Error UnexpectedContent = new("UnexpectedContent", 400, "This request does not support content.");
    public static readonly S3Error UnresolvableGrantByEmailAddress = new(
        "UnresolvableGrantByEmailAddress",
        400,
        "The email address you provided does not match any account on record.");
    public static readonly S3Error UnsupportedSignature = new(
        "UnsupportedSignature",
        400,
        "The provided request is signed with an unsupported STS Token version or the signature version is not supported.");
    public static readonly S3Error UserKeyMustBeSpecified = new(
        "UserKeyMustBeSpecified",
        400,
        "The bucket POST must contain the specified field name. If it is specified, check the order of the fields.");
    public static readonly S3Error XAmzContentSHA256Mismatch = new(
        "XAmzContentSHA256Mismatch",
        400,
        "The provided 'x-amz-content-sha256' header does not match what was computed.");
    public static readonly S3Error XAmzContentChecksumMismatch = new(
        "XAmzContentChecksumMismatch",
        400,
        "The provided checksum does not match what was computed.");

    private static readonly FrozenDictionary<string, S3Error> ByCode = typeof(S3Errors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (S3Error)field.GetValue(null)!)
        .ToFrozenDictionary(error => error.Code, StringComparer.Ordinal);

    /// <summary>The row of a code that another layer names; a 400 where the table has none.</summary>
    public static S3Error Named(string code) => ByCode.GetValueOrDefault(code) ?? new S3Error(code, 400, code);
}
