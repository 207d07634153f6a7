/**
 * @generated SignedSource<<9b92ca773fb5203dcaa49a3ee1f82fc2>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type SessionEventKind = "ARCHIVED" | "CREATED" | "DELETED" | "FROZEN" | "MESSAGES_APPENDED" | "SHARED" | "UNARCHIVED" | "UPDATED";
export type FrontEndEventsSubscription$variables = {
  organization: string;
  workspace: string;
};
export type FrontEndEventsSubscription$data = {
  readonly sessionEvents: {
    readonly kind: SessionEventKind;
    readonly session: {
      readonly id: string;
      readonly title: string | null | undefined;
    } | null | undefined;
    readonly sessionId: string;
  };
};
export type FrontEndEventsSubscription = {
  response: FrontEndEventsSubscription$data;
  variables: FrontEndEventsSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "organization"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "workspace"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "organization",
    "variableName": "organization"
  },
  {
    "kind": "Variable",
    "name": "workspace",
    "variableName": "workspace"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "kind",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "sessionId",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "concreteType": "Session",
  "kind": "LinkedField",
  "name": "session",
  "plural": false,
  "selections": [
    (v4/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "title",
      "storageKey": null
    }
  ],
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "FrontEndEventsSubscription",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "SessionEvent",
        "kind": "LinkedField",
        "name": "sessionEvents",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v3/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "FrontEndEventsSubscription",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "SessionEvent",
        "kind": "LinkedField",
        "name": "sessionEvents",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v3/*:: as any*/),
          (v5/*:: as any*/),
          (v4/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "87baa6a8334e7540aa8230d184f646f9",
    "id": null,
    "metadata": {},
    "name": "FrontEndEventsSubscription",
    "operationKind": "subscription",
    "text": "subscription FrontEndEventsSubscription(\n  $organization: String!\n  $workspace: String!\n) {\n  sessionEvents(organization: $organization, workspace: $workspace) {\n    kind\n    sessionId\n    session {\n      id\n      title\n    }\n    id\n  }\n}\n"
  }
};
})();

(node as any).hash = "16e0871d6f240ec41aa2b43896a6a3bd";

export default node;
