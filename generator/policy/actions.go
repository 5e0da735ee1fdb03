package policy

import (
	"slices"
	"strings"
	"sync"
)

// level is what an action is about.
type level uint8

const (
	onBucket level = iota
	onObject
	onAccount
)

// The actions that S3 knows for buckets, objects and an account: Amazon's
// (Service Authorization Reference, "Actions, resources, and condition keys for
// Amazon S3", as of 2025, without those for access points, jobs, Storage Lens and
// the like, which have resources of their own), and behind the dash, what Minio
// adds (minio/pkg v3.1.3, policy/action.go). Those that Minio knows, too, have an
// exclamation mark.
const (
	bucketActions = `CreateBucket! DeleteBucket! DeleteBucketPolicy! DeleteBucketWebsite GetAccelerateConfiguration GetAnalyticsConfiguration
GetBucketAcl GetBucketCORS GetBucketLocation! GetBucketLogging GetBucketNotification! GetBucketObjectLockConfiguration! GetBucketOwnershipControls
GetBucketPolicy! GetBucketPolicyStatus! GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging! GetBucketVersioning! GetBucketWebsite
GetEncryptionConfiguration! GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration! GetMetricsConfiguration
GetReplicationConfiguration! ListBucket! ListBucketMultipartUploads! ListBucketVersions! PutAccelerateConfiguration PutAnalyticsConfiguration
PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification! PutBucketObjectLockConfiguration! PutBucketOwnershipControls PutBucketPolicy!
PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging! PutBucketVersioning! PutBucketWebsite PutEncryptionConfiguration!
PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration! PutMetricsConfiguration PutReplicationConfiguration!
- DeleteBucketCors! ForceDeleteBucket! GetBucketCors! HeadBucket! ListenBucketNotification! PutBucketCors!`

	objectActions = `AbortMultipartUpload! BypassGovernanceRetention! DeleteObject! DeleteObjectTagging! DeleteObjectVersion! DeleteObjectVersionTagging!
GetObject! GetObjectAcl GetObjectAttributes! GetObjectLegalHold! GetObjectRetention! GetObjectTagging! GetObjectTorrent GetObjectVersion!
GetObjectVersionAcl GetObjectVersionAttributes! GetObjectVersionForReplication! GetObjectVersionTagging! GetObjectVersionTorrent
InitiateReplication ListMultipartUploadParts! ObjectOwnerOverrideToBucketOwner PutObject! PutObjectAcl PutObjectLegalHold! PutObjectRetention!
PutObjectTagging! PutObjectVersionAcl PutObjectVersionTagging! ReplicateDelete! ReplicateObject! ReplicateTags! RestoreObject!
- PutObjectFanOut! ResetBucketReplicationState!`

	accountActions = `GetAccountPublicAccessBlock ListAllMyBuckets! PutAccountPublicAccessBlock - ListenNotification!`
)

// Action is one that S3 knows.
type Action struct {
	Name   string // such as s3:GetObject
	level  level
	amazon bool
	minio  bool
}

// Actions has all that S3 knows, by name.
var Actions = sync.OnceValue(func() []Action {
	var out []Action
	for l, text := range []string{bucketActions, objectActions, accountActions} {
		amazon := true
		for _, word := range strings.Fields(text) {
			if word == "-" {
				amazon = false
				continue
			}
			name, minio := strings.CutSuffix(word, "!")
			out = append(out, Action{Name: "s3:" + name, level: level(l), amazon: amazon, minio: minio})
		}
	}
	slices.SortFunc(out, func(a, b Action) int { return strings.Compare(a.Name, b.Name) })
	return out
})

// known reports whether a service of the dialect has the action.
func (a Action) known(d Dialect) bool { return d == AWS && a.amazon || d == Minio && a.minio }

// furtherActions are Amazon's for what no other service has: access points, jobs
// and the like. A policy may name them, and nobody here needs one.
var furtherActions = []string{"AccessPoint", "AccessGrant", "Job", "StorageLens", "MultiRegion", "ObjectLambda", "ResourceTagging", "ListTagsForResource", "TagResource", "UntagResource", "ForObjectLambda", "BucketMetadata", "BucketAbac", "ObjectEncryption", "SubmitMultiRegion", "AssociateAccessGrants", "DataAccess", "PauseReplication"}

// names reports whether a pattern means an action that a service has.
func (d Dialect) names(pattern string) bool {
	for _, a := range Actions() {
		if a.known(d) && d.action(pattern, a.Name) {
			return true
		}
	}
	if d == Minio {
		return match(pattern, "s3:*") // which it has as an action of its own
	}
	return slices.ContainsFunc(furtherActions, func(part string) bool {
		return strings.Contains(strings.ToLower(pattern), strings.ToLower(part))
	})
}

// ActionNames gives the names of the actions that a service has.
func (d Dialect) ActionNames() []string {
	var out []string
	for _, a := range Actions() {
		if a.known(d) {
			out = append(out, a.Name)
		}
	}
	return out
}
