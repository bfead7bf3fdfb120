const COUNT = "features has N values. This model takes 3; GET /model/info lists them.";
const BODY = "Allowed: a JSON object with features.";
const ARRAY = "Allowed: an array of 3 numbers.";
const NUMBER = "Allowed: a finite number that FP32 can hold (up to 3.4e38).";
const FIELDS = "Allowed: features, feature_names, request_id.";
const ID = "Allowed: a text of 1 to 128 characters.";
const value = (seen: string) => ["invalid_feature_value", `features[1] (f1) is ${seen}. ${NUMBER}`] as const;
const syntax = (text: string) => {
  try {
    JSON.parse(text);
    throw new Error(`${text} is valid JSON`);
  } catch (error) {
    return ["invalid_json", `The request body is not valid JSON: ${(error as Error).message}.`] as const;
  }
};
const names = (given: string) => `{"features":[1,2,3],"feature_names":${given}}`;

/** Bodies of /predict for a model with the features f0, f1 and f2, each answered 400: body, code, message. */
export const MALFORMED_BODIES: readonly (readonly [string, string, string])[] = [
  ["", "empty_body", "The request body is empty. Send a JSON object with features."],
  ...[" ", "{", "{features:[1,2,3]}", '{"features":[1,2,3]', '{"features":[1,2,3]}}', '{"features":[1,,3]}'].map(
    (text) => [text, ...syntax(text)] as const,
  ),
  ...['{"features":[1,NaN,3]}', '{"features":[1,Infinity,3]}', '{"features":[1,+2,3]}', '{"features":[1,0x2,3]}'].map(
    (text) => [text, ...syntax(text)] as const,
  ),
  ...["\ufeff{}", '{"request_id":"\u0001"}', "'text'", "undefined"].map((text) => [text, ...syntax(text)] as const),
  ["null", "invalid_body", `The request body is null. ${BODY}`],
  ["true", "invalid_body", `The request body is true. ${BODY}`],
  ["17", "invalid_body", `The request body is 17. ${BODY}`],
  ['"text"', "invalid_body", `The request body is "text". ${BODY}`],
  ["[1,2,3]", "invalid_body", `The request body is an array of 3. ${BODY}`],
  ["{}", "missing_features", "features is missing. Send 3 numbers."],
  ['{"request_id":"a"}', "missing_features", "features is missing. Send 3 numbers."],
  ['{"features":[1,2,3],"extra":1}', "unknown_field", `The field "extra" is not known. ${FIELDS}`],
  ['{"Features":[1,2,3]}', "unknown_field", `The field "Features" is not known. ${FIELDS}`],
  ['{"features":[1,2,3],"__proto__":{"a":1}}', "unknown_field", `The field "__proto__" is not known. ${FIELDS}`],
  [
    '{"features":[1,2,3],"constructor":{"prototype":{}}}',
    "unknown_field",
    `The field "constructor" is not known. ${FIELDS}`,
  ],
  ['{"features":null}', "invalid_features", `features is null. ${ARRAY}`],
  ['{"features":"1,2,3"}', "invalid_features", `features is "1,2,3". ${ARRAY}`],
  ['{"features":{"0":1,"length":3}}', "invalid_features", `features is an object. ${ARRAY}`],
  ['{"features":7}', "invalid_features", `features is 7. ${ARRAY}`],
  [
    `{"features":"${"x".repeat(99)}"}`,
    "invalid_features",
    `features is "${"x".repeat(40)}"... (99 characters). ${ARRAY}`,
  ],
  ['{"features":[]}', "wrong_feature_count", COUNT.replace("N", "0")],
  ['{"features":[1,2]}', "wrong_feature_count", COUNT.replace("N", "2")],
  ['{"features":[1,2,3,4]}', "wrong_feature_count", COUNT.replace("N", "4")],
  ['{"features":[[1,2,3]]}', "wrong_feature_count", COUNT.replace("N", "1")],
  ['{"features":[1,null,3]}', ...value("null")],
  ['{"features":[1,"2",3]}', ...value('"2"')],
  ['{"features":[1,true,3]}', ...value("true")],
  ['{"features":[1,[2],3]}', ...value("an array of 1")],
  ['{"features":[1,[],3]}', ...value("an array of 0")],
  ['{"features":[1,{"valueOf":2},3]}', ...value("an object")],
  ['{"features":[1,1e999,3]}', ...value("Infinity")],
  ['{"features":[1,-1e999,3]}', ...value("-Infinity")],
  ['{"features":[1,1e39,3]}', ...value("1e+39")],
  ['{"features":[1,3.5e38,3]}', ...value("3.5e+38")],
  [`{"features":[1,${"[".repeat(900)}${"]".repeat(900)},3]}`, ...value("an array of 1")],
  [`${'{"features":'.repeat(100)}1${"}".repeat(100)}`, "invalid_features", `features is an object. ${ARRAY}`],
  [names("null"), "invalid_feature_names", "feature_names is null. Allowed: an array of 3 names."],
  [names('"f0"'), "invalid_feature_names", 'feature_names is "f0". Allowed: an array of 3 names.'],
  [names('["f0",1,"f2"]'), "invalid_feature_names", "feature_names[1] is 1. Allowed: a feature's name."],
  [
    names('["f0","F1","f2"]'),
    "unknown_feature_name",
    'feature_names[1] is "F1", which this model does not have. GET /model/info lists its features.',
  ],
  [
    names('["f0","__proto__","f2"]'),
    "unknown_feature_name",
    'feature_names[1] is "__proto__", which this model does not have. GET /model/info lists its features.',
  ],
  [names('["f0","f0","f2"]'), "duplicate_feature_name", 'feature_names[1] repeats "f0". Name every feature once.'],
  [
    names('["f2","f0"]'),
    "missing_feature_name",
    'feature_names lacks 1 of the model\'s 3 features, the first being "f1".',
  ],
  [names("[]"), "missing_feature_name", 'feature_names lacks 3 of the model\'s 3 features, the first being "f0".'],
  ['{"features":[1,2],"feature_names":["f2","f1","f0"]}', "wrong_feature_count", COUNT.replace("N", "2")],
  ['{"features":[1,2,3],"request_id":1}', "invalid_request_id", `request_id is 1. ${ID}`],
  ['{"features":[1,2,3],"request_id":null}', "invalid_request_id", `request_id is null. ${ID}`],
  ['{"features":[1,2,3],"request_id":""}', "invalid_request_id", `request_id is "". ${ID}`],
  [
    `{"features":[1,2,3],"request_id":"${"i".repeat(129)}"}`,
    "invalid_request_id",
    `request_id is "${"i".repeat(40)}"... (129 characters). ${ID}`,
  ],
];
