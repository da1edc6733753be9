import WaiaasCore
import WaiaasInstance

/// Makes the targets that the configuration names. Credentials are files or variables, read when they are used.
enum EventTargets {
    /// Where a pod finds the API, and what lets it in (kubernetes.io, "Accessing the Kubernetes API from a Pod").
    private static let cluster = "https://kubernetes.default.svc"
    private static let serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"

    static func make(_ settings: [EventTargetSettings], clocks: Clocks, randomness: Randomness) -> [any EventTarget] {
        let queue = WorkQueue(name: "waiaas.targets", places: 64)
        return settings.map { target -> any EventTarget in
            switch target.kind {
            case .file:
                FileTarget(
                    name: target.name, path: target.text("path") ?? "", settle: target.settle,
                    isGroupReadable: target.flag("group_readable"), queue: queue)
            case .vault: vault(target)
            case .kubernetes:
                KubernetesTarget(
                    name: target.name, settle: target.settle,
                    address: address(of: target, or: cluster, trusting: target.text("url") == nil ? serviceAccount + "/ca.crt" : nil),
                    namespace: target.text("namespace") ?? "default", secret: target.text("secret") ?? "", rollout: target.texts("rollout"),
                    token: TargetCredential(target, "token") ?? .file(path: serviceAccount + "/token"))
            case .awsSSM:
                SSMTarget(
                    name: target.name, settle: target.settle, service: aws(target, "ssm", prefix: "AmazonSSM", clocks),
                    parameter: target.text("parameter") ?? "", keyID: target.text("kms_key"))
            case .awsSecretsManager:
                SecretsManagerTarget(
                    name: target.name, settle: target.settle, service: aws(target, "secretsmanager", prefix: "secretsmanager", clocks),
                    secret: target.text("secret") ?? "", keyID: target.text("kms_key"), randomness: randomness)
            case .exec:
                ExecTarget(
                    name: target.name, settle: target.settle, path: target.text("path") ?? "",
                    program: ChildProgram(
                        path: target.text("path") ?? "", arguments: target.texts("arguments"), variables: target.texts("environment"),
                        deadline: .seconds(target.number("timeout_seconds") ?? 30), clocks: clocks),
                    queue: WorkQueue(name: "waiaas.target", places: 8))
            }
        }
    }

    private static func vault(_ target: EventTargetSettings) -> any EventTarget {
        let secret = VaultSecret(
            address: address(of: target, or: "http://127.0.0.1:8200"), mount: target.text("mount") ?? "secret",
            path: target.text("path") ?? "", namespace: target.text("namespace"),
            token: TargetCredential(target, "token") ?? .variable(name: "VAULT_TOKEN"))
        return target.number("kv_version") == 1
            ? PlainVaultTarget(name: target.name, settle: target.settle, secret: secret)
            : VaultTarget(name: target.name, settle: target.settle, secret: secret)
    }

    private static func aws(_ target: EventTargetSettings, _ name: String, prefix: String, _ clocks: Clocks) -> AWSService {
        let region = target.text("region") ?? ""
        return AWSService(
            address: address(of: target, or: "https://\(name).\(region).amazonaws.com"), region: region, name: name, prefix: prefix,
            accessKeyID: TargetCredential(target, "access_key_id") ?? .variable(name: "AWS_ACCESS_KEY_ID"),
            secretAccessKey: TargetCredential(target, "secret_access_key") ?? .variable(name: "AWS_SECRET_ACCESS_KEY"),
            sessionToken: TargetCredential(target, "session_token"), clocks: clocks)
    }

    private static func address(of target: EventTargetSettings, or base: String, trusting file: String? = nil) -> TargetAddress {
        TargetAddress(base: target.text("url") ?? base, trustedCertificates: target.text("ca_file") ?? file)
    }
}
