/**
 * @generated SignedSource<<b93344be78fec2e8bc01d56eef7798db>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type TitleSource = "MACHINE" | "PERSON";
export type AnnotateSessionInput = {
  expectedUpdatedAt?: string | null | undefined;
  id: string;
  labels?: ReadonlyArray<LabelInput> | null | undefined;
  organization?: string | null | undefined;
  title?: string | null | undefined;
  titleSource?: TitleSource | null | undefined;
  workspace?: string | null | undefined;
};
export type LabelInput = {
  key: string;
  values: ReadonlyArray<string>;
};
export type FrontEndRenameMutation$variables = {
  input: AnnotateSessionInput;
};
export type FrontEndRenameMutation$data = {
  readonly annotateSession: {
    readonly session: {
      readonly id: string;
      readonly title: string | null | undefined;
    };
  } | null | undefined;
};
export type FrontEndRenameMutation = {
  response: FrontEndRenameMutation$data;
  variables: FrontEndRenameMutation$variables;
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
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "AnnotateSessionPayload",
    "kind": "LinkedField",
    "name": "annotateSession",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Session",
        "kind": "LinkedField",
        "name": "session",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "title",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "FrontEndRenameMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "FrontEndRenameMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "e4a885e9d16c982825cdc5d382d5c70c",
    "id": null,
    "metadata": {},
    "name": "FrontEndRenameMutation",
    "operationKind": "mutation",
    "text": "mutation FrontEndRenameMutation(\n  $input: AnnotateSessionInput!\n) {\n  annotateSession(input: $input) {\n    session {\n      id\n      title\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "24a2959965e539f53fbe8aa67e99b601";

export default node;
