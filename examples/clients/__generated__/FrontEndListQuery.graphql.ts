/**
 * @generated SignedSource<<fa2e782af5c2d17068636107106bb167>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type AnnotationSource = "MODEL" | "PERSON" | "RULE";
export type ArchivedState = "ACTIVE" | "ANY" | "ARCHIVED";
export type SessionOrigin = "EVAL" | "OPTIMIZATION" | "TRAINING" | "USER" | "WORKER" | "WORLD";
export type SessionSearchField = "AGENT" | "LABELS" | "MODEL" | "PREVIEW" | "TITLE";
export type SessionVisibility = "PRIVATE" | "WORKSPACE";
export type SessionFilter = {
  activeBetween?: TimeRange | null | undefined;
  agentIds?: ReadonlyArray<string> | null | undefined;
  agents?: ReadonlyArray<string> | null | undefined;
  and?: ReadonlyArray<SessionCondition> | null | undefined;
  annotated?: boolean | null | undefined;
  annotations?: ReadonlyArray<AnnotationCondition> | null | undefined;
  answeringModels?: ReadonlyArray<string> | null | undefined;
  archived?: ArchivedState | null | undefined;
  costUsd?: AmountRange | null | undefined;
  createdBetween?: TimeRange | null | undefined;
  durationMs?: CountRange | null | undefined;
  failedCallCount?: CountRange | null | undefined;
  frozen?: boolean | null | undefined;
  includeWorkload?: boolean | null | undefined;
  labels?: ReadonlyArray<LabelInput> | null | undefined;
  lastActivity?: TimeRange | null | undefined;
  messageCount?: CountRange | null | undefined;
  mine?: boolean | null | undefined;
  models?: ReadonlyArray<string> | null | undefined;
  not?: SessionCondition | null | undefined;
  or?: ReadonlyArray<SessionCondition> | null | undefined;
  origins?: ReadonlyArray<SessionOrigin> | null | undefined;
  owners?: ReadonlyArray<string> | null | undefined;
  pinned?: boolean | null | undefined;
  projects?: ReadonlyArray<string> | null | undefined;
  search?: string | null | undefined;
  searchIn?: ReadonlyArray<SessionSearchField> | null | undefined;
  shared?: boolean | null | undefined;
  titleWords?: ReadonlyArray<string> | null | undefined;
  tokens?: CountRange | null | undefined;
  toolNames?: ReadonlyArray<string> | null | undefined;
  visibility?: SessionVisibility | null | undefined;
};
export type TimeRange = {
  from?: string | null | undefined;
  to?: string | null | undefined;
};
export type SessionCondition = {
  activeBetween?: TimeRange | null | undefined;
  agentIds?: ReadonlyArray<string> | null | undefined;
  agents?: ReadonlyArray<string> | null | undefined;
  and?: ReadonlyArray<SessionCondition> | null | undefined;
  annotated?: boolean | null | undefined;
  annotations?: ReadonlyArray<AnnotationCondition> | null | undefined;
  answeringModels?: ReadonlyArray<string> | null | undefined;
  costUsd?: AmountRange | null | undefined;
  createdBetween?: TimeRange | null | undefined;
  durationMs?: CountRange | null | undefined;
  failedCallCount?: CountRange | null | undefined;
  frozen?: boolean | null | undefined;
  labels?: ReadonlyArray<LabelInput> | null | undefined;
  lastActivity?: TimeRange | null | undefined;
  messageCount?: CountRange | null | undefined;
  mine?: boolean | null | undefined;
  models?: ReadonlyArray<string> | null | undefined;
  not?: SessionCondition | null | undefined;
  or?: ReadonlyArray<SessionCondition> | null | undefined;
  origins?: ReadonlyArray<SessionOrigin> | null | undefined;
  owners?: ReadonlyArray<string> | null | undefined;
  pinned?: boolean | null | undefined;
  projects?: ReadonlyArray<string> | null | undefined;
  shared?: boolean | null | undefined;
  tokens?: CountRange | null | undefined;
  toolNames?: ReadonlyArray<string> | null | undefined;
  visibility?: SessionVisibility | null | undefined;
};
export type AnnotationCondition = {
  labels?: ReadonlyArray<string> | null | undefined;
  name?: string | null | undefined;
  score?: AmountRange | null | undefined;
  sources?: ReadonlyArray<AnnotationSource> | null | undefined;
};
export type AmountRange = {
  max?: number | null | undefined;
  min?: number | null | undefined;
};
export type CountRange = {
  max?: number | null | undefined;
  min?: number | null | undefined;
};
export type LabelInput = {
  key: string;
  values: ReadonlyArray<string>;
};
export type FrontEndListQuery$variables = {
  count?: number | null | undefined;
  cursor?: string | null | undefined;
  filter?: SessionFilter | null | undefined;
  organization: string;
  workspace: string;
};
export type FrontEndListQuery$data = {
  readonly workspace: {
    readonly sessions: {
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly title: string | null | undefined;
        };
      }>;
      readonly pageInfo: {
        readonly endCursor: string | null | undefined;
        readonly hasNextPage: boolean;
      };
    };
  } | null | undefined;
};
export type FrontEndListQuery = {
  response: FrontEndListQuery$data;
  variables: FrontEndListQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "count"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "cursor"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "filter"
},
v3 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "organization"
},
v4 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "workspace"
},
v5 = [
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
v6 = {
  "kind": "Variable",
  "name": "filter",
  "variableName": "filter"
},
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v8 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "WorkspaceSessionsConnectionEdge",
    "kind": "LinkedField",
    "name": "edges",
    "plural": true,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Session",
        "kind": "LinkedField",
        "name": "node",
        "plural": false,
        "selections": [
          (v7/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "title",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "__typename",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "cursor",
        "storageKey": null
      }
    ],
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "concreteType": "PageInfo",
    "kind": "LinkedField",
    "name": "pageInfo",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "hasNextPage",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "endCursor",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
],
v9 = [
  {
    "kind": "Variable",
    "name": "after",
    "variableName": "cursor"
  },
  (v6/*:: as any*/),
  {
    "kind": "Variable",
    "name": "first",
    "variableName": "count"
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v3/*:: as any*/),
      (v4/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "FrontEndListQuery",
    "selections": [
      {
        "alias": null,
        "args": (v5/*:: as any*/),
        "concreteType": "Workspace",
        "kind": "LinkedField",
        "name": "workspace",
        "plural": false,
        "selections": [
          {
            "alias": "sessions",
            "args": [
              (v6/*:: as any*/)
            ],
            "concreteType": "WorkspaceSessionsConnection",
            "kind": "LinkedField",
            "name": "__FrontEnd_sessions_connection",
            "plural": false,
            "selections": (v8/*:: as any*/),
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
      (v3/*:: as any*/),
      (v4/*:: as any*/),
      (v2/*:: as any*/),
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "FrontEndListQuery",
    "selections": [
      {
        "alias": null,
        "args": (v5/*:: as any*/),
        "concreteType": "Workspace",
        "kind": "LinkedField",
        "name": "workspace",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": (v9/*:: as any*/),
            "concreteType": "WorkspaceSessionsConnection",
            "kind": "LinkedField",
            "name": "sessions",
            "plural": false,
            "selections": (v8/*:: as any*/),
            "storageKey": null
          },
          {
            "alias": null,
            "args": (v9/*:: as any*/),
            "filters": [
              "filter"
            ],
            "handle": "connection",
            "key": "FrontEnd_sessions",
            "kind": "LinkedHandle",
            "name": "sessions"
          },
          (v7/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "6488ef99521633ac2839fdd3c09b71fa",
    "id": null,
    "metadata": {
      "connection": [
        {
          "count": "count",
          "cursor": "cursor",
          "direction": "forward",
          "path": [
            "workspace",
            "sessions"
          ]
        }
      ]
    },
    "name": "FrontEndListQuery",
    "operationKind": "query",
    "text": "query FrontEndListQuery(\n  $organization: String!\n  $workspace: String!\n  $filter: SessionFilter\n  $count: Int\n  $cursor: String\n) {\n  workspace(organization: $organization, slug: $workspace) {\n    sessions(first: $count, after: $cursor, filter: $filter) {\n      edges {\n        node {\n          id\n          title\n          __typename\n        }\n        cursor\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    id\n  }\n}\n"
  }
};
})();

(node as any).hash = "d5918d492b76c117a834b0f131e3329c";

export default node;
