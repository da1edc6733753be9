"""The API of Kubernetes by kmock, for one Secret and one Deployment: kubernetes.py TOKEN TROUBLE

Prints its port. kmock keeps objects as they are sent; what is added here is what a rotator depends on: the bearer token (401), a
`resourceVersion` that grows with every change and must be the newest one (409), and the rollout of a Deployment. TROUBLE is a file whose word
makes trouble: `forbidden` (403), `missing` (404 for the Deployment), `conflict` (409 to every write), `stuck` (a rollout that never finishes), `slow` (three seconds each).
"""
import asyncio
import json
import pathlib
import sys

import aiohttp.web
import kmock

TOKEN, TROUBLE = sys.argv[1], pathlib.Path(sys.argv[2])


def refusal(status, reason):
    body = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "code": status}
    return aiohttp.web.json_response(body, status=status)


class Cluster(kmock.KubernetesEmulator):
    version = 100

    async def _handle(self, request):
        trouble = TROUBLE.read_text().strip() if TROUBLE.exists() else ""
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return refusal(401, "Unauthorized")
        if trouble == "forbidden":
            return refusal(403, "Forbidden")
        if trouble == "missing" and request.name == "sigil-dna":
            return refusal(404, "NotFound")
        if trouble == "slow":
            await asyncio.sleep(3)
        writes = request.method in ("POST", "PATCH", "PUT")
        if writes and trouble == "conflict":
            return refusal(409, "Conflict")
        if writes:
            meta = request.data.setdefault("metadata", {})
            key = (request.resource, request.namespace, request.name)
            if request.method == "PATCH" and key in self._objects:
                now = self._objects[key].last.raw
                given = meta.get("resourceVersion")
                if given is not None and given != now["metadata"].get("resourceVersion"):
                    return refusal(409, "Conflict")
            Cluster.version += 1
            meta["resourceVersion"] = str(Cluster.version)
            if request.name == "sigil-dna":
                done = {"observedGeneration": Cluster.version, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}
                meta["generation"] = Cluster.version
                request.data["status"] = {**done, "updatedReplicas": 1} if trouble == "stuck" else done
        return await super()._handle(request)


async def main():
    async with Cluster() as cluster, kmock.Server(cluster, host="127.0.0.1", port=0) as server:
        secrets, deployments = kmock.resource("", "v1", "secrets"), kmock.resource("apps", "v1", "deployments")
        cluster.resources[secrets] = {}
        cluster.resources[deployments] = {}
        cluster.objects[deployments, "default", "sigil-dna"] = {
            "metadata": {"name": "sigil-dna", "generation": 1, "resourceVersion": "1"}, "spec": {"replicas": 2, "template": {}},
            "status": {"observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}}
        print(server.port if hasattr(server, "port") else server.url, flush=True)
        while True:
            await asyncio.sleep(3600)


asyncio.run(main())
