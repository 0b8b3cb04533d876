"""Serves moto on a free port, prints the port, and ends when standard input closes.

Standard input is a pipe from the process that started this one: it closes when that process ends, however it
ends (SIGKILL included), so no emulator is ever left behind. Port 0 lets the system choose, so two starts
cannot race for a port.

Of AWS's 1,582 managed policies only those of the services in question are loaded: moto builds all of them again for
each of six partitions after every reset, which takes two seconds, and no test needs the others.

An interface without an address of its own gets the lowest free one of its subnet. moto draws one at random, which may
be another interface's, or one that AWS reserves: the first four and the last of a subnet
(https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html).
"""

import ipaddress
import itertools
import json
import logging
import os
import sys
import threading


def end_with_parent() -> None:
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()

import moto.ec2.models.elastic_network_interfaces  # noqa: E402
import moto.iam.models  # noqa: E402  (the watch must run before the slow imports)
from moto.moto_server.werkzeug_app import (  # noqa: E402
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402

KEPT = ("AWSLambda", "AdministratorAccess", "AmazonDynamoDB", "AmazonS3", "AmazonSQS", "AmazonSSM", "CloudWatch")
policies = json.loads(moto.iam.models.aws_managed_policies_data)
moto.iam.models.aws_managed_policies_data = json.dumps(
    {name: policy for name, policy in policies.items() if name.startswith(KEPT)}
)

Interfaces = moto.ec2.models.elastic_network_interfaces.NetworkInterfaceBackend
create_interface = Interfaces.create_network_interface
one_at_a_time = threading.Lock()


def free_address(backend, subnet) -> str | None:
    own = [eni for eni in list(backend.enis.values()) if eni.subnet.id == subnet.id]
    taken = {address["PrivateIpAddress"] for eni in own for address in eni.private_ip_addresses}
    network = ipaddress.IPv4Network(subnet.cidr_block)
    usable = itertools.islice(network, 4, network.num_addresses - 1)
    return next((str(address) for address in usable if str(address) not in taken), None)


def create_with_free_address(backend, subnet, private_ip_address, private_ip_addresses=None, *args, **kwargs):
    with one_at_a_time:
        if not private_ip_address and not private_ip_addresses and subnet.cidr_block:
            private_ip_address = free_address(backend, subnet)
        return create_interface(backend, subnet, private_ip_address, private_ip_addresses, *args, **kwargs)


Interfaces.create_network_interface = create_with_free_address

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server(
    "127.0.0.1",
    0,
    DomainDispatcherApplication(create_backend_app),
    threaded=True,
    request_handler=MotoRequestHandler,
)
os.environ["MOTO_PORT"] = str(server.port)
print(server.port, flush=True)
server.serve_forever()
