/**
 * @generated SignedSource<<af0e7b06a9f9a09ffab7df36099aaeea>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type FrontEndSessionQuery$variables = {
  id: string;
  organization: string;
  workspace: string;
};
export type FrontEndSessionQuery$data = {
  readonly workspace: {
    readonly session: {
      readonly title: string | null | undefined;
      readonly " $fragmentSpreads": FragmentRefs<"FrontEnd_usage">;
    } | null | undefined;
  } | null | undefined;
};
export type FrontEndSessionQuery = {
  response: FrontEndSessionQuery$data;
  variables: FrontEndSessionQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "id"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "organization"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "workspace"
},
v3 = [
  {
    "kind": "Variable",
    "name": "organization",
    "variableName": "organization"
  },
  {
    "kind": "Variable",
    "name": "slug",
    "variableName": "workspace"
  }
],
v4 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "id"
  }
],
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "title",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "FrontEndSessionQuery",
    "selections": [
      {
        "alias": null,
        "args": (v3/*:: as any*/),
        "concreteType": "Workspace",
        "kind": "LinkedField",
        "name": "workspace",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": (v4/*:: as any*/),
            "concreteType": "Session",
            "kind": "LinkedField",
            "name": "session",
            "plural": false,
            "selections": [
              (v5/*:: as any*/),
              {
                "kind": "Defer",
                "selections": [
                  {
                    "args": null,
                    "kind": "FragmentSpread",
                    "name": "FrontEnd_usage"
                  }
                ]
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "FrontEndSessionQuery",
    "selections": [
      {
        "alias": null,
        "args": (v3/*:: as any*/),
        "concreteType": "Workspace",
        "kind": "LinkedField",
        "name": "workspace",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": (v4/*:: as any*/),
            "concreteType": "Session",
            "kind": "LinkedField",
            "name": "session",
            "plural": false,
            "selections": [
              (v5/*:: as any*/),
              {
                "if": null,
                "kind": "Defer",
                "label": "FrontEndSessionQuery$defer$usage",
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "SessionUsage",
                    "kind": "LinkedField",
                    "name": "usage",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "totalTokens",
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ]
              },
              (v6/*:: as any*/)
            ],
            "storageKey": null
          },
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "6681c3a4187c2e406de81cc953de2154",
    "id": null,
    "metadata": {},
    "name": "FrontEndSessionQuery",
    "operationKind": "query",
    "text": "query FrontEndSessionQuery(\n  $organization: String!\n  $workspace: String!\n  $id: String!\n) {\n  workspace(organization: $organization, slug: $workspace) {\n    session(id: $id) {\n      title\n      ...FrontEnd_usage @defer(label: \"FrontEndSessionQuery$defer$usage\")\n      id\n    }\n    id\n  }\n}\n\nfragment FrontEnd_usage on Session {\n  usage {\n    totalTokens\n  }\n}\n"
  }
};
})();

(node as any).hash = "d5eb15bcfa568c3d2ddec4b2c767925f";

export default node;
