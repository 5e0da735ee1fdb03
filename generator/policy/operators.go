package policy

import "strings"

// test is how two values are compared.
type test uint8

const (
	equalText test = iota
	likeText
	number
	date
	truth
	address
	presence
	bytesEqual
)

// operator is what stands above the keys of a condition.
type operator struct {
	test     test
	not      bool
	fold     bool   // whether the letter case does not matter
	order    string // of numbers and dates: "=", "<", "<=", ">" or ">="
	ifExists bool
	each     string // ForAllValues or ForAnyValue
	arn      bool   // of Amazon's alone
}

// operators are those that Amazon knows, by name without what may stand around
// it (IAM User Guide, "IAM JSON policy elements: Condition operators").
func operators() map[string]operator {
	out := map[string]operator{
		"StringEquals":              {test: equalText},
		"StringNotEquals":           {test: equalText, not: true},
		"StringEqualsIgnoreCase":    {test: equalText, fold: true},
		"StringNotEqualsIgnoreCase": {test: equalText, fold: true, not: true},
		"StringLike":                {test: likeText},
		"StringNotLike":             {test: likeText, not: true},
		"ArnEquals":                 {test: likeText, arn: true},
		"ArnLike":                   {test: likeText, arn: true},
		"ArnNotEquals":              {test: likeText, arn: true, not: true},
		"ArnNotLike":                {test: likeText, arn: true, not: true},
		"BinaryEquals":              {test: bytesEqual},
		"Bool":                      {test: truth},
		"Null":                      {test: presence},
		"IpAddress":                 {test: address},
		"NotIpAddress":              {test: address, not: true},
	}
	for name, t := range map[string]test{"Numeric": number, "Date": date} {
		out[name+"Equals"] = operator{test: t, order: "="}
		out[name+"NotEquals"] = operator{test: t, order: "=", not: true}
		out[name+"LessThan"] = operator{test: t, order: "<"}
		out[name+"LessThanEquals"] = operator{test: t, order: "<="}
		out[name+"GreaterThan"] = operator{test: t, order: ">"}
		out[name+"GreaterThanEquals"] = operator{test: t, order: ">="}
	}
	return out
}

// operator reads an operator's name.
func (d Dialect) operator(name string) (operator, bool) {
	each, base, found := strings.Cut(name, ":")
	if !found {
		each, base = "", name
	} else if each != "ForAllValues" && each != "ForAnyValue" {
		return operator{}, false
	}
	base, ifExists := strings.CutSuffix(base, "IfExists")
	op, ok := operators()[base]
	op.each, op.ifExists = each, ifExists
	switch {
	case !ok, ifExists && op.test == presence:
		return op, false
	case d == Minio && (op.arn || ifExists && base != "NumericGreaterThan"):
		return op, false
	}
	return op, true
}

// operatorNames lists them for a suggestion, with what Minio's one may have
// behind it.
func (d Dialect) operatorNames() []string {
	var out []string
	for name := range operators() {
		for _, n := range []string{name, name + "IfExists"} {
			if _, ok := d.operator(n); ok {
				out = append(out, n)
			}
		}
	}
	return out
}

// commonKeys may stand in a condition of any action of S3's. Minio knows no
// others (policy/condition/keyname.go); Amazon knows more of its own, which are
// taken as what they are: unknown before the request is made.
const commonKeys = `s3:signatureversion s3:authType s3:signatureAge s3:x-amz-content-sha256 s3:LocationConstraint
aws:Referer aws:SourceIp aws:UserAgent aws:SecureTransport aws:CurrentTime aws:EpochTime aws:principaltype aws:userid aws:username aws:groups
ldap:user ldap:username ldap:groups
jwt:sub jwt:iss jwt:aud jwt:jti jwt:name jwt:upn jwt:groups jwt:given_name jwt:family_name jwt:middle_name jwt:nickname
jwt:preferred_username jwt:profile jwt:picture jwt:website jwt:email jwt:gender jwt:birthdate jwt:phone_number jwt:address jwt:scope jwt:client_id`

// actionKeys are those that only some actions have. One that ends in "/" has a
// tag's name behind it.
const (
	versionKey   = "s3:versionid"
	existingKey  = "s3:ExistingObjectTag"
	requestKeys  = "s3:RequestObjectTag s3:RequestObjectTagKeys"
	encryptKeys  = "s3:x-amz-server-side-encryption s3:x-amz-server-side-encryption-customer-algorithm s3:x-amz-server-side-encryption-aws-kms-key-id"
	listKeys     = "s3:prefix s3:delimiter s3:max-keys"
	lockKeys     = "s3:object-lock-retain-until-date s3:object-lock-mode"
	furtherKeys  = "s3:x-amz-copy-source s3:x-amz-metadata-directive s3:x-amz-storage-class s3:object-lock-legal-hold"
	durationKeys = "sts:DurationSeconds svc:DurationSeconds s3:object-lock-remaining-retention-days"
)

// keysOf are the keys that Minio knows for an action, beyond the common ones
// (policy/action.go, createActionConditionKeyMap).
func keysOf() map[string]string {
	tagged := versionKey + " " + existingKey
	return map[string]string{
		"s3:*":                              strings.Join([]string{versionKey, existingKey, requestKeys, encryptKeys, listKeys, lockKeys, furtherKeys, durationKeys}, " "),
		"s3:DeleteObject":                   versionKey,
		"s3:GetObject":                      encryptKeys + " " + tagged,
		"s3:GetObjectAttributes":            existingKey,
		"s3:GetObjectVersionAttributes":     tagged,
		"s3:ListBucket":                     listKeys,
		"s3:ListBucketVersions":             listKeys,
		"s3:PutObject":                      strings.Join([]string{encryptKeys, lockKeys, furtherKeys, versionKey, requestKeys}, " "),
		"s3:PutObjectRetention":             strings.Join([]string{encryptKeys, lockKeys, versionKey, "s3:object-lock-remaining-retention-days"}, " "),
		"s3:GetObjectRetention":             encryptKeys + " " + versionKey,
		"s3:PutObjectLegalHold":             encryptKeys + " s3:object-lock-legal-hold " + versionKey,
		"s3:BypassGovernanceRetention":      strings.Join([]string{versionKey, lockKeys, "s3:object-lock-legal-hold s3:object-lock-remaining-retention-days", requestKeys}, " "),
		"s3:PutBucketTagging":               requestKeys,
		"s3:PutObjectTagging":               tagged + " " + requestKeys,
		"s3:GetObjectTagging":               tagged,
		"s3:DeleteObjectTagging":            tagged,
		"s3:PutObjectVersionTagging":        tagged + " " + requestKeys,
		"s3:GetObjectVersion":               tagged,
		"s3:GetObjectVersionTagging":        tagged,
		"s3:DeleteObjectVersion":            versionKey,
		"s3:DeleteObjectVersionTagging":     tagged,
		"s3:ReplicateObject":                tagged,
		"s3:ReplicateDelete":                tagged,
		"s3:ReplicateTags":                  tagged,
		"s3:GetObjectVersionForReplication": tagged,
	}
}

// minioKeys gives the keys that Minio takes in a statement about an action.
func minioKeys(action string) []string {
	out := strings.Fields(commonKeys)
	for of, keys := range keysOf() {
		if Minio.action(action, of) && match(action, of) {
			out = append(out, strings.Fields(keys)...)
		}
	}
	return out
}
