// tidy:allow name because it holds functions, the ones that the library calls

import CMicroHTTPD
import Synchronization

// The functions that libmicrohttpd calls. They are free functions, so that none inherits an actor, and hold nothing but the way from the
// library's pointers to a `Connection`. `context` is the `ServerContext`, which the running server keeps alive.

/// A connection begins or ends; `slot` is where the library keeps our pointer to it.
func connectionChanged(
    _ context: UnsafeMutableRawPointer?, _ library: OpaquePointer?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ change: MHD_ConnectionNotificationCode
) {
    guard let context, let library, let slot else { return }
    let server = Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue()
    switch change {
    case .CONNECTION_NOTIFY_STARTED:
        slot.pointee = server.connections.find(waiaas_mhd_descriptor(library)).map { Unmanaged.passUnretained($0).toOpaque() }
    case .CONNECTION_NOTIFY_CLOSED:
        slot.pointee = nil
        server.connections.remove(waiaas_mhd_descriptor(library))
        // The watch may wait for this place, or for the last request.
        if server.isFull.load(ordering: .sequentiallyConsistent) || server.isDraining.load(ordering: .relaxed) { server.wake.signal() }
    @unknown default: break
    }
}

/// The first line of a request is there. What is returned is given to the two callbacks below as the request's own context.
func targetArrived(_ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ library: OpaquePointer?)
    -> UnsafeMutableRawPointer?
{
    guard let target, let library, let pointer = waiaas_mhd_socket_context(library) else { return nil }
    Unmanaged<Connection>.fromOpaque(pointer).takeUnretainedValue().targetArrived(target)
    return pointer
}

/// A step of a request; see `Connection.proceed`.
func requestProceeded(
    _ context: UnsafeMutableRawPointer?, _ library: OpaquePointer?, _ target: UnsafePointer<CChar>?, _ method: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?, _ part: UnsafePointer<CChar>?, _ partLength: UnsafeMutablePointer<Int>?,
    _ request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let library, let target, let method, let version, let partLength, let pointer = request?.pointee else { return .NO }
    let connection = Unmanaged<Connection>.fromOpaque(pointer).takeUnretainedValue()
    let part = UnsafeRawBufferPointer(start: part, count: part == nil ? 0 : partLength.pointee)
    partLength.pointee = 0
    return connection.proceed(LibraryConnection(pointer: library), method: method, version: version, target: target, part: part)
}

/// A request is over, answered or not.
func requestEnded(
    _ context: UnsafeMutableRawPointer?, _ library: OpaquePointer?, _ request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ reason: MHD_RequestTerminationCode
) {
    guard let pointer = request?.pointee else { return }
    Unmanaged<Connection>.fromOpaque(pointer).takeUnretainedValue().requestEnded()
}
