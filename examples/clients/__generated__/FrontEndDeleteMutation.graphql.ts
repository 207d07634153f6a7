/**
 * @generated SignedSource<<04d39b573bde92432e483183e0b3f82c>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type DeleteSessionsInput = {
  ids: ReadonlyArray<string>;
  organization: string;
  sessionIds?: ReadonlyArray<string> | null | undefined;
  workspace: string;
};
export type FrontEndDeleteMutation$variables = {
  input: DeleteSessionsInput;
};
export type FrontEndDeleteMutation$data = {
  readonly deleteSessions: {
    readonly deletedIds: ReadonlyArray<string>;
  } | null | undefined;
};
export type FrontEndDeleteMutation = {
  response: FrontEndDeleteMutation$data;
  variables: FrontEndDeleteMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "deletedIds",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "FrontEndDeleteMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "DeleteSessionsPayload",
        "kind": "LinkedField",
        "name": "deleteSessions",
        "plural": false,
        "selections": [
          (v2/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "FrontEndDeleteMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "DeleteSessionsPayload",
        "kind": "LinkedField",
        "name": "deleteSessions",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "filters": null,
            "handle": "deleteRecord",
            "key": "",
            "kind": "ScalarHandle",
            "name": "deletedIds"
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "e8d9c488341c10dd410ca1cf61003667",
    "id": null,
    "metadata": {},
    "name": "FrontEndDeleteMutation",
    "operationKind": "mutation",
    "text": "mutation FrontEndDeleteMutation(\n  $input: DeleteSessionsInput!\n) {\n  deleteSessions(input: $input) {\n    deletedIds\n  }\n}\n"
  }
};
})();

(node as any).hash = "87b9577f0cb2564c073884bfe698642e";

export default node;
