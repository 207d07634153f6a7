/**
 * @generated SignedSource<<66d760ecf45dfdcd476e01cb5a3fb684>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type SessionOrigin = "EVAL" | "OPTIMIZATION" | "TRAINING" | "USER" | "WORKER" | "WORLD";
export type SessionVisibility = "PRIVATE" | "WORKSPACE";
export type TitleSource = "MACHINE" | "PERSON";
export type SaveSessionInput = {
  agent?: string | null | undefined;
  createdAt?: string | null | undefined;
  dryRun?: boolean | null | undefined;
  expectedUpdatedAt?: string | null | undefined;
  groupId?: string | null | undefined;
  id: string;
  labels?: ReadonlyArray<LabelInput> | null | undefined;
  messageCount?: number | null | undefined;
  model: string;
  organization: string;
  origin?: SessionOrigin | null | undefined;
  projectId?: string | null | undefined;
  runtimeId?: string | null | undefined;
  title?: string | null | undefined;
  titleSource?: TitleSource | null | undefined;
  visibility?: SessionVisibility | null | undefined;
  workspace: string;
};
export type LabelInput = {
  key: string;
  values: ReadonlyArray<string>;
};
export type FrontEndSaveMutation$variables = {
  input: SaveSessionInput;
};
export type FrontEndSaveMutation$data = {
  readonly saveSession: {
    readonly session: {
      readonly id: string;
      readonly title: string | null | undefined;
    };
  } | null | undefined;
};
export type FrontEndSaveMutation = {
  response: FrontEndSaveMutation$data;
  variables: FrontEndSaveMutation$variables;
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
    "concreteType": "SaveSessionPayload",
    "kind": "LinkedField",
    "name": "saveSession",
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
    "name": "FrontEndSaveMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "FrontEndSaveMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "49f67a7f2a93c589d5910b744711fd43",
    "id": null,
    "metadata": {},
    "name": "FrontEndSaveMutation",
    "operationKind": "mutation",
    "text": "mutation FrontEndSaveMutation(\n  $input: SaveSessionInput!\n) {\n  saveSession(input: $input) {\n    session {\n      id\n      title\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "44060155d0d02c7679afe9a6f91e12d4";

export default node;
