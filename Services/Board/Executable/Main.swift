import BoardClient
import Foundation

@main struct Main {
  static func main() async {
    exit(await BoardCommand.call(Array(CommandLine.arguments.dropFirst())))
  }
}
