import { getPendingLogin, grantedScopes, type PendingLogin } from '../../domain/device/approve.js'
import { getLoginState, type LoginState } from '../../domain/device/login.js'
import { builder } from '../schema/builder.js'
import { guessing } from './guessing.js'

const DeviceLoginType = builder.objectRef<PendingLogin>('DeviceLogin').implement({
  description: 'A program that asks for a key of the viewer’s, and says by a code which one it is.',
  fields: (t) => ({
    userAgent: t.memberOrNull(
      'userAgent',
      'String',
      'What it calls itself; null for nothing. Anybody can say anything.',
    ),
    address: t.memberOrNull(
      'address',
      'String',
      'The address that it asks from; null where addresses are not known.',
    ),
    isFromHere: t.boolean({
      nullable: true,
      description: 'Whether the viewer asks from the same address; null where addresses are not known.',
      resolve: ({ address }, _args, context) =>
        address === null || context.from.address === null ? null : address === context.from.address,
    }),
    scopes: t.stringList({
      description: 'What its key would be good for, as `Viewer.scopes`.',
      resolve: async (_login, _args, context) => grantedScopes((await context.caller()).viewer),
    }),
    createdAt: t.member('createdAt', 'DateTime', 'When it asked.'),
    expiresAt: t.member('expiresAt', 'DateTime', 'Until when it waits.'),
  }),
})

const DeviceLoginStateType = builder.objectRef<LoginState>('DeviceLoginState').implement({
  description: 'How a login stands, for the program that began it.',
  fields: (t) => ({
    userUuid: t.memberOrNull('userId', 'UUID', 'Who approved it; null while nobody did.'),
    expiresAt: t.member('expiresAt', 'DateTime', 'Until when it waits.'),
  }),
})

builder.queryFields((t) => ({
  deviceLogin: t.field({
    type: DeviceLoginType,
    description:
      'The login that shows this code, while it waits for an answer. It takes a user with a role in a workspace, and the scope `sessions:write`.',
    args: {
      userCode: t.arg.required('String', 'The code as the program shows it; case and hyphens do not count.'),
    },
    resolve: (_root, { userCode }, context) =>
      guessing(context, (viewer) => getPendingLogin(context.store, viewer, userCode)),
  }),
  deviceLoginState: t.field({
    type: DeviceLoginStateType,
    description:
      'How a login stands; anybody who holds its code may ask. The error is `FORBIDDEN` once it is denied, `NOT_FOUND` when it is unknown, over or used, and `RATE_LIMITED` for who asks more than once a second; every two are enough.',
    args: {
      deviceCode: t.arg.required('String', 'The code of `beginDeviceLogin`.'),
    },
    resolve: async (_root, { deviceCode }, context) => {
      await context.limitPolls('look', deviceCode)
      return getLoginState(context.store, deviceCode)
    },
  }),
}))
