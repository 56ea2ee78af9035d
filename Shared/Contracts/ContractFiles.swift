import Messaging

/// The published contracts: what somebody needs who writes a client in another language. Everything is read
/// from the Swift types.
public enum ContractFiles {
  /// File name and content: a JSON Schema for the envelope, each message and each packet, and one AsyncAPI
  /// document that holds them all.
  public static var all: [(name: String, content: JSONValue)] {
    var files = [
      ("asyncapi.json", asyncAPI),
      ("schemas/envelope.json", document(envelope, "envelope", "The CloudEvents envelope of every message.")),
    ]
    for contract in MessageCatalogue.all {
      files.append(("schemas/\(contract.type).json", document(schema(contract), contract.type, contract.summary)))
    }
    for packet in packets {
      files.append(
        ("schemas/packet.\(packet.name).json", document(packet.schema, "packet.\(packet.name)", packet.summary)))
    }
    return files
  }

  // MARK: Schemas

  private static let dialect: JSONValue = "https://json-schema.org/draft/2020-12/schema"

  private static func document(_ schema: JSONValue, _ name: String, _ summary: String) -> JSONValue {
    var document = schema
    document["$schema"] = dialect
    document["$id"] = .string("urn:handslag:\(name)")
    document["title"] = .string(name)
    document["description"] = .string(summary)
    return document
  }

  private static func schema(_ contract: any Contract.Type) -> JSONValue {
    func record<C: Contract>(_ type: C.Type) -> JSONValue { SchemaRecorder.schema(of: type) }
    return record(contract)
  }

  /// How the envelope decodes, with the limit that all its texts share.
  static var envelope: JSONValue {
    var schema = SchemaRecorder.schema(of: Envelope.self)
    guard case .object(var properties)? = schema["properties"] else { return schema }
    for (name, property) in properties where property == ["type": "string"] {
      properties[name]?["minLength"] = 1
      properties[name]?["maxLength"] = .integer(Envelope.maximumAttribute)
    }
    properties["data"] = ["type": "object"]
    schema["properties"] = .object(properties)
    return schema
  }

  private static let packets: [(name: String, schema: JSONValue, summary: String)] = [
    (
      "ping", SchemaRecorder.schema(of: Ping.self),
      "Asks whether the receiver's worker is alive; sent by services only."
    ),
    ("pong", SchemaRecorder.schema(of: Pong.self), "The worker's answer to a ping."),
    (
      "delivery-header", SchemaRecorder.schema(of: DeliveryHeader.self),
      "The second frame of a delivery: how often each envelope has been sent."
    ),
    ("verdicts", SchemaRecorder.schema(of: Verdicts.self), "What the receiver did with each delivery."),
  ]

  // MARK: AsyncAPI 3.0

  private static var asyncAPI: JSONValue {
    var channels: [String: JSONValue] = [:]
    var operations: [String: JSONValue] = [:]
    var messages: [String: JSONValue] = [:]
    var schemas: [String: JSONValue] = ["envelope": envelope]
    for contract in MessageCatalogue.all {
      schemas[contract.type] = schema(contract)
      messages[contract.type] = [
        "name": .string(contract.type), "summary": .string(contract.summary),
        "contentType": "application/cloudevents+json",
        "payload": [
          "allOf": [
            reference("schemas", "envelope"),
            [
              "type": "object", "required": ["data"],
              "properties": [
                "type": ["const": .string(contract.type)], "data": reference("schemas", contract.type),
              ],
            ],
          ]
        ],
      ]
    }
    for service in ServiceName.allCases {
      let rules = Permissions.rules.filter { $0.service == nil || $0.service == service }
      let routes = Topology.routes.filter { $0.to.contains(service) }
      let taken = rules.map(\.request) + routes.map(\.message)
      var seen: Set<String> = []
      let answers = (rules.map(\.reply) + [Problem.self]).filter { seen.insert($0.type).inserted }
      channels[service.rawValue] = channel("\(service.rawValue)/socket", service.rawValue, taken, Self.channelText)
      channels["\(service.rawValue)-replies"] = channel(nil, service.rawValue, answers, Self.repliesText)
      for rule in rules {
        operations["\(service.rawValue).\(rule.request.type)"] = [
          "action": "receive", "summary": .string(rule.request.summary),
          "description": .string(
            "For the roles "
              + Principal.Role.allCases.filter(rule.roles.contains).map(\.rawValue).joined(separator: ", ")
              + (rule.isCommand ? "; carries an idempotencykey." : ".")),
          "channel": .object(["$ref": .string("#/channels/\(service.rawValue)")]),
          "messages": [channelMessage(service.rawValue, rule.request.type)],
          "reply": [
            "channel": .object(["$ref": .string("#/channels/\(service.rawValue)-replies")]),
            "messages": [
              channelMessage("\(service.rawValue)-replies", rule.reply.type),
              channelMessage("\(service.rawValue)-replies", Problem.type),
            ],
          ],
        ]
      }
      for route in routes {
        operations["\(service.rawValue).\(route.message.type)"] = [
          "action": "receive", "summary": .string(route.message.summary),
          "description": .string("Delivered by \(route.from.rawValue)."),
          "channel": .object(["$ref": .string("#/channels/\(service.rawValue)")]),
          "messages": [channelMessage(service.rawValue, route.message.type)],
        ]
      }
    }
    return [
      "asyncapi": "3.0.0",
      "info": [
        "title": "Handslag", "version": "1.0.0", "description": .string(Self.infoText),
        "license": ["name": "Apache-2.0"],
      ],
      "defaultContentType": "application/cloudevents+json",
      "channels": .object(channels), "operations": .object(operations),
      "components": ["messages": .object(messages), "schemas": .object(schemas)],
    ]
  }

  private static func reference(_ kind: String, _ name: String) -> JSONValue {
    .object(["$ref": .string("#/components/\(kind)/\(name)")])
  }

  private static func channelMessage(_ channel: String, _ type: String) -> JSONValue {
    .object(["$ref": .string("#/channels/\(channel)/messages/\(type)")])
  }

  private static func channel(
    _ address: String?, _ service: String, _ contracts: [any Contract.Type], _ text: String
  ) -> JSONValue {
    var messages: [String: JSONValue] = [:]
    for contract in contracts { messages[contract.type] = reference("messages", contract.type) }
    return [
      "address": address.map(JSONValue.string) ?? .null, "title": .string(service), "description": .string(text),
      "messages": .object(messages),
    ]
  }

  private static let infoText = """
    Four services talk over ZeroMQ. A client connects a DEALER socket to a service's ROUTER over ipc or tcp, \
    with CURVE: the server's public key stands in public/authorized-keys, the client's own secret in \
    NAME/secret. A request is a message of two frames: the word request, then one CloudEvents envelope in JSON whose source \
    is the client's principal. The answer has two frames: the word reply, then an envelope whose correlationid \
    is the request's id and whose type is the reply's, or service.problem.v1 where it was refused. A command \
    carries an idempotencykey; a repeat with the same key and data gets the same reply. A time-out means that \
    the outcome is unknown: ask again with the same key. A frame has at most 262144 bytes.
    """
  private static let channelText =
    "What the service's ROUTER socket takes: requests from clients, deliveries from other services."
  private static let repliesText = "What comes back on the client's own socket."
}
