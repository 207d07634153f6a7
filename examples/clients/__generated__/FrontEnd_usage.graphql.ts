/**
 * @generated SignedSource<<06d9f6c007ac2bec60dbd5782fb6ca80>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type FrontEnd_usage$data = {
  readonly usage: {
    readonly totalTokens: number;
  };
  readonly " $fragmentType": "FrontEnd_usage";
};
export type FrontEnd_usage$key = {
  readonly " $data"?: FrontEnd_usage$data;
  readonly " $fragmentSpreads": FragmentRefs<"FrontEnd_usage">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "FrontEnd_usage",
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
  ],
  "type": "Session",
  "abstractKey": null
};

(node as any).hash = "9ae5dea917e5c17f081cca72095d5d2a";

export default node;
