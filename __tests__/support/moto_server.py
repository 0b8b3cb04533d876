"""Serves moto on a free port, prints the port, and ends when standard input closes.

Standard input is a pipe from the process that started this one: it closes when that process ends, however it
ends (SIGKILL included), so no emulator is ever left behind. Port 0 lets the system choose, so two starts
cannot race for a port.

Of AWS's 1,582 managed policies only those of the services in question are loaded: moto builds all of them again for
each of six partitions after every reset, which takes two seconds, and no test needs the others.
"""

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
