import { contextBridge, ipcRenderer } from "electron";
import { appContract } from "../shared/contracts/app.ts";
import { createBridge } from "./bridge.ts";

contextBridge.exposeInMainWorld("fieldmark", createBridge(ipcRenderer, Object.keys(appContract.calls)));
